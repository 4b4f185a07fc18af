/** A small market for tests of sessions: invented minutes in a library in memory, keys in memory, usual policies. */
import { newYorkTime } from '../engine/calendar/new-york';
import { columnsOf, firstAtOrAfter, sliceBars, type Bar, type BarColumns } from '../engine/market/bars';
import { marketDayOrder } from '../engine/orders/market-order';
import type { OrderTerms } from '../engine/orders/order';
import type { Command } from '../engine/simulation/command';
import { money, price, quantity } from '../engine/units/decimal';
import { STANDARD } from '../schema/profiles';
import type { Asset, BarCoverage, BarLibrary } from './bar-library';
import type { KeyStore, NewApiKey } from './key-store';
import type { NewSession } from './session-plan';
import type { HostSettings } from './session-host';
import { SessionRegistry } from './session-registry';
import type { SessionEngine } from './session-engine';
import type { SessionStore } from './session-store';

/** A trading day in the middle of the week, and the one after it. */
export const DAY = '2024-01-03';
export const NEXT_DAY = '2024-01-04';
const DAYS_BEFORE = ['2023-12-28', '2023-12-29', '2024-01-02'];
const OPEN = 570;
const CLOSE = 960;

export function minute(time: number, close: number): Bar {
  return {
    time,
    open: close,
    high: close + 0.5,
    low: close - 0.5,
    close,
    volume: 1_000,
    vwap: close,
    tradeCount: 10,
  };
}

/** Regular hours of some days before, of DAY and of NEXT_DAY, each minute one cent above the last. */
export function someDays(first = 100): BarColumns {
  const bars: Bar[] = [];
  for (const date of [...DAYS_BEFORE, DAY, NEXT_DAY]) {
    for (let at = OPEN; at < CLOSE; at += 1)
      bars.push(minute(newYorkTime(date, at), first + bars.length / 100));
  }
  return columnsOf(bars);
}

function assetOf(symbol: string): Asset {
  const us = { assetClass: 'us_equity', exchange: 'NASDAQ', synthetic: true } as const;
  const flags = { tradable: true, fractionable: true, marginable: true, shortable: true, easyToBorrow: true };
  return { id: `asset-${symbol}`, symbol, name: symbol, ...us, ...flags };
}

/** Minutes only, all of version 1. */
export function memoryLibrary(bySymbol: Readonly<Record<string, BarColumns>>): BarLibrary {
  const covered = (symbol: string, bars: BarColumns): BarCoverage => ({
    symbol,
    timeframe: '1Min',
    version: 1,
    count: bars.length,
    firstTime: bars.time[0] ?? 0,
    lastTime: bars.time[bars.length - 1] ?? 0,
  });
  const symbols = Object.keys(bySymbol);
  return {
    read: async (symbol, _timeframe, _version, from, to) => {
      const bars = bySymbol[symbol] ?? columnsOf([]);
      return sliceBars(bars, firstAtOrAfter(bars.time, from), firstAtOrAfter(bars.time, to));
    },
    coverage: async (symbol, timeframe) => {
      const bars = timeframe === '1Min' ? bySymbol[symbol] : undefined;
      return bars === undefined ? null : covered(symbol, bars);
    },
    coverages: async () => Object.entries(bySymbol).map(([symbol, bars]) => covered(symbol, bars)),
    asset: async (symbol) => (symbols.includes(symbol) ? assetOf(symbol) : null),
    assets: async () => symbols.map(assetOf),
  };
}

export function memoryKeys(): KeyStore & { readonly bySession: Map<string | null, NewApiKey[]> } {
  const bySession = new Map<string | null, NewApiKey[]>();
  const add = (key: NewApiKey): NewApiKey => {
    bySession.set(key.sessionId, [...(bySession.get(key.sessionId) ?? []), key]);
    return key;
  };
  const all = (): NewApiKey[] => [...bySession.values()].flat();
  return {
    bySession,
    create: async (sessionId) =>
      add({ keyId: `key-${all().length}`, sessionId, createdAt: '', secretKey: 'secret' }),
    adopt: async (keyId, secretKey) => add({ keyId, secretKey, sessionId: null, createdAt: '' }),
    verify: async (keyId, secretKey) =>
      all().find((key) => key.keyId === keyId && key.secretKey === secretKey) ?? null,
    list: async (sessionId) => bySession.get(sessionId) ?? [],
    deleteOfSession: async (sessionId) => void bySession.delete(sessionId),
  };
}

export function newSession(change: Partial<NewSession> = {}): NewSession {
  return {
    name: 'test',
    symbols: ['ACME'],
    startTime: newYorkTime(DAY, OPEN),
    endTime: newYorkTime(NEXT_DAY, CLOSE),
    baseTimeframe: '1Min',
    initialCash: money('100000'),
    profile: 'standard',
    seed: null,
    policies: { ...STANDARD, account: { multiplier: '1', shortingEnabled: false } },
    ...change,
  };
}

export interface RegistryWords {
  readonly store: SessionStore;
  readonly bars?: BarLibrary;
  readonly keys?: KeyStore;
  readonly engine?: SessionEngine;
  readonly hostsMax?: number;
  readonly idleMs?: number;
  readonly settings?: Partial<HostSettings>;
  readonly now?: () => Date;
}

let ids = 0;

export function newRegistry(words: RegistryWords): SessionRegistry {
  return new SessionRegistry({
    bars: memoryLibrary({ ACME: someDays(), BOLT: someDays(40) }),
    keys: memoryKeys(),
    now: () => new Date(),
    newId: () => `id-${(ids += 1)}`,
    hostsMax: 10,
    idleMs: 60_000,
    ...words,
  });
}

export const STEP: Command = { type: 'AdvanceClock', target: { to: 'bars', bars: 1 } };
export const step = (bars: number): Command => ({ type: 'AdvanceClock', target: { to: 'bars', bars } });

export function buy(qty: string, change: Partial<OrderTerms> = {}): Command {
  const terms: OrderTerms = { ...marketDayOrder('ACME', 'buy', quantity(qty)), ...change };
  return { type: 'PlaceOrder', account: 0, terms };
}

export const buyLimit = (qty: string, at: string): Command =>
  buy(qty, { type: 'limit', limitPrice: price(at) });
