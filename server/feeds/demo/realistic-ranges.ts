/** What real minute bars look like, as ranges: measured on US stocks and funds of 2014 to 2025. For tests. */
import type { BarStatistics } from './bar-statistics';

export type Ranges = Partial<Record<keyof BarStatistics, readonly [least: number, most: number]>>;

/** A liquid stock or fund, sixty sessions. */
export const LIQUID: Ranges = {
  coverage: [0.99, 1],
  volumeOpen: [0.11, 0.22],
  volumeMidday: [0.09, 0.11],
  volumeClose: [0.09, 0.23],
  volumeFirst: [0.013, 0.047],
  volumeLast: [0.01, 0.05],
  volumeOpenOverMidday: [2.3, 4.6],
  volumeCloseOverMidday: [1.8, 4.6],
  swingOpen: [1.6, 3.1],
  swingClose: [1.1, 1.4],
  kurtosis: [5, 20],
  kurtosisFlat: [2, 16],
  size99: [3.3, 3.7],
  size999: [5.4, 7],
  acf1: [-0.03, 0.02],
  varianceRatio: [0.9, 1.1],
  acfSize1: [0.12, 0.28],
  acfSize5: [0.1, 0.23],
  acfSize30: [0.07, 0.18],
  acfSize390: [0.02, 0.12],
  realisedSpread: [0.18, 0.36],
  volumeSpread: [0.5, 0.9],
  acfVolume1: [0.5, 0.8],
  acfVolume30: [0.26, 0.7],
  acfVolume390: [0.06, 0.3],
  volumeWithMove: [0.3, 0.5],
  dayVolumeSpread: [0.25, 0.4],
  overnightShare: [0.27, 0.56],
  overnightBps: [43, 500],
  overnightLargest: [3, 5],
  rangeOverMove: [1.75, 1.95],
  closeAtEnd: [0.09, 0.36],
  opensAtClose: [0.08, 0.5],
  openingCents: [0.3, 1.6],
  offCents: [0.05, 0.52],
  halfCents: [0.04, 0.51],
  fiveCents: [0.18, 0.28],
  sharesPerTrade: [50, 250],
  tradesWithVolume: [0.8, 0.95],
  vwapInside: [0.95, 0.98],
  morningShare: [0.013, 0.045],
  eveningShare: [0.06, 0.26],
  auctionShare: [0.04, 0.22],
  morningCoverage: [0.44, 0.99],
};

/** A name that does not trade every minute. */
export const THIN: Ranges = {
  coverage: [0.2, 0.8],
  silenceMean: [1.5, 6],
  silenceLongest: [8, 117],
  singlePrice: [0.22, 0.76],
  acf1: [-0.2, -0.1],
  volumeSpread: [0.8, 1.5],
  medianVolume: [350, 2_100],
  overnightShare: [0.27, 0.56],
  fiveCents: [0.18, 0.28],
};

/** Two to four dollars a share, and many of them. */
export const LOW_PRICED: Ranges = { ...THIN, medianVolume: [5_000, 10_000] };

/** Half days: of a normal day's volume, and the day's shape in three and a half hours. */
export const HALF_DAY = { volume: [0.2, 0.78], first30: [0.12, 0.36], last30: [0.16, 0.38] } as const;

/** Correlation of one-minute returns: of two liquid stocks, and of a stock with the index. */
export const COMOVEMENT = { stocks: [0.2, 0.45], index: [0.35, 0.75] } as const;

/** What lies outside, in words; empty when all is as it should be. */
export function strangers(statistics: BarStatistics, ranges: Ranges): string[] {
  return (Object.keys(ranges) as (keyof Ranges)[]).flatMap((name) => {
    const [least, most] = ranges[name] ?? [-Infinity, Infinity];
    const value = statistics[name];
    return value >= least && value <= most ? [] : [`${name}: expected ${least} to ${most}, found ${value}`];
  });
}
