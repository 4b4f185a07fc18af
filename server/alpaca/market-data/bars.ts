/** Historical bars of stocks, for one symbol and for several. Nothing is served that is later than simulated now. */
import * as z from 'zod';
import { newYorkMidnight } from '../../engine/calendar/new-york';
import { sliceBars, type BarColumns } from '../../engine/market/bars';
import type { EpochMs } from '../../engine/units/time';
import { firstInstant, lastInstant } from '../../schema/instant';
import { readBars } from '../../sessions/session-bars';
import type { SessionHost } from '../../sessions/session-host';
import { ok } from '../answer';
import { endpoint } from '../endpoint';
import type { Gate } from '../gate';
import { barsToWire } from '../wire/bar';
import { refusal } from '../wire/error';
import { decodePageToken, encodePageToken, type PagePosition } from './page-token';
import { barsFields, isSymbol, symbols, type BarsQuery } from './stock-query';

interface Page {
  readonly found: readonly { readonly symbol: string; readonly bars: BarColumns }[];
  readonly nextPageToken: string | null;
}

/** Both ends are inclusive. A span without a start is today's; without an end it ends now. */
function spanOf(query: BarsQuery, now: EpochMs): { from: EpochMs; to: EpochMs } {
  return {
    from: query.start ? firstInstant(query.start) : newYorkMidnight(now),
    to: Math.min(query.end ? lastInstant(query.end) : now, now),
  };
}

/** Rows by symbol, then by time; `limit` counts over all symbols. */
async function readPage(
  gate: Gate,
  host: SessionHost,
  wanted: readonly string[],
  query: BarsQuery,
): Promise<Page | null> {
  const position = query.page_token ? decodePageToken(query.page_token) : null;
  if (query.page_token && position === null) return null;
  const span = spanOf(
    query,
    host.read((simulation) => simulation.now),
  );
  const found: { symbol: string; bars: BarColumns }[] = [];
  let missing = query.limit;
  for (const symbol of wanted) {
    if (position !== null && symbol < position.symbol) continue;
    const bars = await readBars(host, gate.bars, {
      symbol,
      timeframe: query.timeframe,
      ...span,
      limit: missing + 1,
      order: query.sort,
      forming: true,
      ...(position?.symbol === symbol ? { after: position.time } : {}),
    });
    const isMore = bars.length > missing;
    const count = Math.min(bars.length, missing);
    if (count > 0) found.push({ symbol, bars: sliceBars(bars, 0, count) });
    missing -= count;
    if (isMore) return { found, nextPageToken: tokenAfter(query, found, position) };
  }
  return { found, nextPageToken: null };
}

function tokenAfter(query: BarsQuery, found: Page['found'], before: PagePosition | null): string | null {
  const last = found.at(-1);
  const time = last?.bars.time[last.bars.length - 1];
  const position = last === undefined || time === undefined ? before : { symbol: last.symbol, time };
  return position === null ? null : encodePageToken(query.timeframe.unit, position);
}

const BAD_TOKEN = refusal(400, 40010000, 'invalid page_token');

export const listBars = endpoint({
  method: 'GET',
  path: '/v2/stocks/bars',
  authorisation: 'own_session',
  query: z.object({ ...barsFields, symbols }),
  queryFault: 400,
  run: async ({ gate, host, query }) => {
    const page = await readPage(gate, host, query.symbols, query);
    if (page === null) return BAD_TOKEN;
    const bars = Object.fromEntries(page.found.map((entry) => [entry.symbol, barsToWire(entry.bars)]));
    return ok({ bars, next_page_token: page.nextPageToken });
  },
});

export const listBarsOfSymbol = endpoint({
  method: 'GET',
  path: '/v2/stocks/{symbol}/bars',
  authorisation: 'own_session',
  query: z.object(barsFields),
  queryFault: 400,
  run: async ({ gate, host, params, query }) => {
    const symbol = params.symbol ?? '';
    if (!isSymbol(symbol)) return refusal(400, 40010000, `invalid symbol: ${symbol}`);
    const page = await readPage(gate, host, [symbol], query);
    if (page === null) return BAD_TOKEN;
    const bars = page.found.flatMap((entry) => barsToWire(entry.bars));
    return ok({ bars, symbol, next_page_token: page.nextPageToken });
  },
});
