/** The latest bar, quote and trade of stocks, and all three as snapshots: as of simulated now. */
import * as z from 'zod';
import { latestBar, snapshotBars } from '../../sessions/session-bars';
import type { SessionHost } from '../../sessions/session-host';
import { ok, type Answer } from '../answer';
import { endpoint, type Endpoint } from '../endpoint';
import type { Gate } from '../gate';
import { barToWire } from '../wire/bar';
import { notFound, refusal } from '../wire/error';
import { quoteToWire } from '../wire/quote';
import { tradeToWire } from '../wire/trade';
import { feedFields, isSymbol, symbols } from './stock-query';

/** What is latest of one symbol; null when there is nothing yet. */
type Latest = (gate: Gate, host: SessionHost, symbol: string) => Promise<object | null>;

const latestBarOf: Latest = async (gate, host, symbol) => {
  const bar = await latestBar(host, gate.bars, symbol);
  return bar === null ? null : barToWire(bar);
};

const latestQuoteOf: Latest = (_gate, host, symbol) => {
  const quote = host.read((simulation) => simulation.quote(symbol));
  return Promise.resolve(quote === null ? null : quoteToWire(quote));
};

const latestTradeOf: Latest = async (gate, host, symbol) => {
  const quote = host.read((simulation) => simulation.quote(symbol));
  const bar = await latestBar(host, gate.bars, symbol);
  return quote === null || bar === null ? null : tradeToWire(quote, bar);
};

const snapshotOf: Latest = async (gate, host, symbol) => {
  const [trade, quote] = [await latestTradeOf(gate, host, symbol), await latestQuoteOf(gate, host, symbol)];
  const { latest, daily, previousDaily } = await snapshotBars(host, gate.bars, symbol);
  if (trade === null || quote === null || latest === null) return null;
  const isOfMinutes = host.record.configuration.baseTimeframe === '1Min';
  return {
    latestTrade: trade,
    latestQuote: quote,
    ...(isOfMinutes ? { minuteBar: barToWire(latest) } : {}),
    ...(daily === null ? {} : { dailyBar: barToWire(daily) }),
    ...(previousDaily === null ? {} : { prevDailyBar: barToWire(previousDaily) }),
  };
};

/** Symbols outside the session read like symbols that never traded: they are absent. */
async function ofEach(
  gate: Gate,
  host: SessionHost,
  wanted: readonly string[],
  read: Latest,
): Promise<object> {
  const found: [string, object][] = [];
  for (const symbol of wanted) {
    const latest = await readWithin(gate, host, symbol, read);
    if (latest !== null) found.push([symbol, latest]);
  }
  return Object.fromEntries(found);
}

function readWithin(gate: Gate, host: SessionHost, symbol: string, read: Latest): Promise<object | null> {
  const isOfSession = host.record.dataVersions[symbol] !== undefined && host.tape.of(symbol) !== undefined;
  return isOfSession ? read(gate, host, symbol) : Promise.resolve(null);
}

function several(path: string, read: Latest, wrap: (entries: object) => object): Endpoint {
  return endpoint({
    method: 'GET',
    path,
    authorisation: 'own_session',
    query: z.object({ ...feedFields, symbols }),
    queryFault: 400,
    run: async ({ gate, host, query }): Promise<Answer> =>
      ok(wrap(await ofEach(gate, host, query.symbols, read))),
  });
}

function single(
  path: string,
  noun: string,
  read: Latest,
  wrap: (entry: object, symbol: string) => object,
): Endpoint {
  return endpoint({
    method: 'GET',
    path,
    authorisation: 'own_session',
    query: z.object(feedFields),
    queryFault: 400,
    run: async ({ gate, host, params }): Promise<Answer> => {
      const symbol = params.symbol ?? '';
      if (!isSymbol(symbol)) return refusal(400, 40010000, `invalid symbol: ${symbol}`);
      const entry = await readWithin(gate, host, symbol, read);
      return entry === null ? notFound(`no ${noun} found for ${symbol}`) : ok(wrap(entry, symbol));
    },
  });
}

export const LATEST_ENDPOINTS: readonly Endpoint[] = [
  several('/v2/stocks/bars/latest', latestBarOf, (bars) => ({ bars })),
  several('/v2/stocks/quotes/latest', latestQuoteOf, (quotes) => ({ quotes })),
  several('/v2/stocks/trades/latest', latestTradeOf, (trades) => ({ trades })),
  // Snapshots of stocks are not wrapped; those of other classes are (README, section 6, row 15).
  several('/v2/stocks/snapshots', snapshotOf, (snapshots) => snapshots),
  single('/v2/stocks/{symbol}/bars/latest', 'bar', latestBarOf, (bar, symbol) => ({ symbol, bar })),
  single('/v2/stocks/{symbol}/quotes/latest', 'quote', latestQuoteOf, (quote, symbol) => ({ symbol, quote })),
  single('/v2/stocks/{symbol}/trades/latest', 'trade', latestTradeOf, (trade, symbol) => ({ symbol, trade })),
  single('/v2/stocks/{symbol}/snapshot', 'snapshot', snapshotOf, (entry, symbol) => ({ symbol, ...entry })),
];
