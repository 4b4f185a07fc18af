/** The eight invented symbols: six letters each, which no listed US symbol has, and each another character. */

export interface Character {
  readonly symbol: string;
  readonly name: string;
  readonly exchange: string;
  readonly firstPrice: number;
  /** Standard deviation of the move from open to close, basis points. */
  readonly dayMoveBps: number;
  /** Share of the variance from close to close that falls between close and open. */
  readonly overnightShare: number;
  /** How much it goes with the market: correlation of its moves with the market's. */
  readonly marketShare: number;
  /** Mean shares a day. */
  readonly dayVolume: number;
  /** Shape of the day: weight of the first minutes and of the last, against midday. */
  readonly volumeAtOpen: number;
  readonly volumeAtClose: number;
  /** How much wilder the first minutes are than midday. */
  readonly swingAtOpen: number;
  /** Share of prices on half cents (trades at the midpoint). */
  readonly halfCents: number;
  readonly sharesPerTrade: number;
  /** Set for names that do not trade every minute. */
  readonly thin: Thinness | null;
}

export interface Thinness {
  /** Share of regular minutes with a bar. */
  readonly coverage: number;
  /** Share of bars with a single price. */
  readonly singlePrice: number;
}

export const CHARACTERS: readonly Character[] = [
  {
    symbol: 'CLOVER',
    name: 'Clover Broad Index Fund (synthetic)',
    exchange: 'ARCA',
    firstPrice: 412,
    dayMoveBps: 62,
    overnightShare: 0.42,
    marketShare: 0.96,
    dayVolume: 42_000_000,
    volumeAtOpen: 2.3,
    volumeAtClose: 3.4,
    swingAtOpen: 1.4,
    halfCents: 0.14,
    sharesPerTrade: 95,
    thin: null,
  },
  {
    symbol: 'LUPINE',
    name: 'Lupine Systems (synthetic)',
    exchange: 'NASDAQ',
    firstPrice: 184,
    dayMoveBps: 105,
    overnightShare: 0.45,
    marketShare: 0.76,
    dayVolume: 38_000_000,
    volumeAtOpen: 3.2,
    volumeAtClose: 2.3,
    swingAtOpen: 2.1,
    halfCents: 0.26,
    sharesPerTrade: 80,
    thin: null,
  },
  {
    symbol: 'SORREL',
    name: 'Sorrel Motors (synthetic)',
    exchange: 'NASDAQ',
    firstPrice: 76,
    dayMoveBps: 310,
    overnightShare: 0.3,
    marketShare: 0.62,
    dayVolume: 55_000_000,
    volumeAtOpen: 3.6,
    volumeAtClose: 1.7,
    swingAtOpen: 2.3,
    halfCents: 0.2,
    sharesPerTrade: 90,
    thin: null,
  },
  {
    symbol: 'TEASEL',
    name: 'Teasel Therapeutics (synthetic)',
    exchange: 'NASDAQ',
    firstPrice: 48,
    dayMoveBps: 270,
    overnightShare: 0.53,
    marketShare: 0.5,
    dayVolume: 14_000_000,
    volumeAtOpen: 3.4,
    volumeAtClose: 2,
    swingAtOpen: 2.4,
    halfCents: 0.3,
    sharesPerTrade: 110,
    thin: null,
  },
  {
    symbol: 'MALLOW',
    name: 'Mallow Holdings (synthetic)',
    exchange: 'NYSE',
    firstPrice: 2_640,
    dayMoveBps: 130,
    overnightShare: 0.4,
    marketShare: 0.5,
    dayVolume: 420_000,
    volumeAtOpen: 2.6,
    volumeAtClose: 3,
    swingAtOpen: 1.8,
    halfCents: 0.12,
    sharesPerTrade: 40,
    thin: { coverage: 0.72, singlePrice: 0.25 },
  },
  {
    symbol: 'FENNEL',
    name: 'Fennel Stores (synthetic)',
    exchange: 'NYSE',
    firstPrice: 2.6,
    dayMoveBps: 560,
    overnightShare: 0.3,
    marketShare: 0.35,
    dayVolume: 3_300_000,
    volumeAtOpen: 3,
    volumeAtClose: 1.8,
    swingAtOpen: 1.6,
    halfCents: 0.4,
    sharesPerTrade: 420,
    thin: { coverage: 0.76, singlePrice: 0.34 },
  },
  {
    symbol: 'BRIONY',
    name: 'Briony Instruments (synthetic)',
    exchange: 'NYSE',
    firstPrice: 96,
    dayMoveBps: 220,
    overnightShare: 0.35,
    marketShare: 0.4,
    dayVolume: 420_000,
    volumeAtOpen: 1.8,
    volumeAtClose: 3.4,
    swingAtOpen: 1.8,
    halfCents: 0.15,
    sharesPerTrade: 75,
    thin: { coverage: 0.5, singlePrice: 0.36 },
  },
  {
    symbol: 'NETTLE',
    name: 'Nettle Metals Trust (synthetic)',
    exchange: 'ARCA',
    firstPrice: 27,
    dayMoveBps: 80,
    overnightShare: 0.42,
    marketShare: 0.3,
    dayVolume: 130_000,
    volumeAtOpen: 2.4,
    volumeAtClose: 2.2,
    swingAtOpen: 1.3,
    halfCents: 0.16,
    sharesPerTrade: 190,
    thin: { coverage: 0.25, singlePrice: 0.66 },
  },
];
