/** The bars that a session's matching works with: from two weeks before its start to its end, as pinned. */
import { createTape, type Tape } from '../engine/market/tape';
import { DAY_MS } from '../engine/units/time';
import type { BarLibrary } from './bar-library';
import type { SessionRecord } from './session-store';

/** Fills at an open look at bars of the two newest trading days before it: no closure of the exchange was longer. */
const WARM_UP_MS = 14 * DAY_MS;

/** Everything in the library from here to the session's end is on its tape. */
export function tapeFrom(record: SessionRecord): number {
  return record.configuration.startTime - WARM_UP_MS;
}

export async function loadTape(record: SessionRecord, library: BarLibrary): Promise<Tape> {
  const { baseTimeframe, instruments, endTime } = record.configuration;
  const series = await Promise.all(
    instruments.map(async ({ symbol }) => {
      const version = record.dataVersions[symbol];
      if (version === undefined)
        throw new Error(`expected a data version of ${symbol} in session ${record.id}`);
      const bars = await library.read(symbol, baseTimeframe, version, tapeFrom(record), endTime);
      return { symbol, bars };
    }),
  );
  return createTape(baseTimeframe, series);
}
