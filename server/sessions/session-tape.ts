/** The bars that a session's matching works with: from two weeks before its start to its end, as pinned. */
import { createTape, type Tape } from '../engine/market/tape';
import { DAY_MS } from '../engine/units/time';
import { quotePoints, type MarketLibraries } from './session-market';
import type { SessionRecord } from './session-store';

/** Fills at an open look at bars of the two newest trading days before it: no closure of the exchange was longer. */
const WARM_UP_MS = 14 * DAY_MS;

/** Everything in the library from here to the session's end is on its tape. */
export function tapeFrom(record: SessionRecord): number {
  return record.configuration.startTime - WARM_UP_MS;
}

export async function loadTape(record: SessionRecord, libraries: MarketLibraries): Promise<Tape> {
  const { baseTimeframe, instruments, endTime } = record.configuration;
  const series = await Promise.all(
    instruments.map(async ({ symbol }) => {
      const version = record.dataVersions[symbol];
      if (version === undefined)
        throw new Error(`expected a data version of ${symbol} in session ${record.id}`);
      const from = tapeFrom(record);
      const quoteVersion = record.quoteVersions?.[symbol];
      const [bars, quotes] = await Promise.all([
        libraries.bars.read(symbol, baseTimeframe, version, from, endTime),
        quotePoints(libraries.quotes, symbol, quoteVersion, from, endTime),
      ]);
      return { symbol, bars, quotes };
    }),
  );
  return createTape(baseTimeframe, series, record.actions ?? []);
}
