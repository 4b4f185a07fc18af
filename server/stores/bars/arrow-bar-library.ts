/** Bars from Arrow files, one a symbol, timeframe and year: the library that sessions read. */
import type { BarColumns } from '../../engine/market/bars';
import { BASE_TIMEFRAMES, type BaseTimeframe } from '../../engine/market/timeframe';
import type { BarIntake } from '../../sessions/bar-intake';
import { BAR_SHAPE, type BarCoverage, type BarLibrary } from '../../sessions/bar-library';
import type { SeriesCoverage } from '../../sessions/series-coverage';
import { type SeriesKind, yearAt } from '../series/series-kind';
import { openSeriesStore, type SeriesStore, type SeriesStoreOptions } from '../series/series-store';

function kindOf(timeframe: BaseTimeframe): SeriesKind<BarColumns> {
  return {
    folder: `bars/${timeframe}`,
    shape: BAR_SHAPE,
    columnNames: { tradeCount: 'trade_count' },
    description: {
      time: 'start of the bar, milliseconds since 1970-01-01T00:00:00Z',
      prices: 'dollars, not adjusted',
      vwap: 'NaN where the source does not tell',
      trade_count: 'NaN where the source does not tell',
    },
    unique: true,
    periodAt: yearAt,
  };
}

const KINDS: Readonly<Record<BaseTimeframe, SeriesKind<BarColumns>>> = {
  '1Min': kindOf('1Min'),
  '1Day': kindOf('1Day'),
};

export function openBarLibrary(options: SeriesStoreOptions): BarLibrary & BarIntake {
  return barLibraryOn(openSeriesStore(options));
}

export function barLibraryOn(series: SeriesStore): BarLibrary & BarIntake {
  return {
    read: (symbol, timeframe, version, from, to) => series.read(KINDS[timeframe], symbol, version, from, to),
    coverage: async (symbol, timeframe) => {
      const coverage = await series.coverage(KINDS[timeframe].folder, symbol);
      return coverage === null ? null : { ...coverage, timeframe };
    },
    coverages: async () => {
      const all = await Promise.all(BASE_TIMEFRAMES.map((timeframe) => coveragesOf(series, timeframe)));
      return all.flat().sort(bySymbol);
    },
    asset: (symbolOrId) => series.asset(symbolOrId),
    assets: () => series.assets(),
    put: ({ bars, timeframe, assetClass = 'us_equity', ...batch }) =>
      series.put(KINDS[timeframe], { ...batch, assetClass, columns: bars }),
  };
}

async function coveragesOf(series: SeriesStore, timeframe: BaseTimeframe): Promise<BarCoverage[]> {
  const coverages = await series.coverages(KINDS[timeframe].folder);
  return coverages.map((coverage: SeriesCoverage) => ({ ...coverage, timeframe }));
}

/** Days before minutes, as the names of the timeframes sort. */
function bySymbol(a: BarCoverage, b: BarCoverage): number {
  if (a.symbol !== b.symbol) return a.symbol < b.symbol ? -1 : 1;
  return a.timeframe < b.timeframe ? -1 : 1;
}
