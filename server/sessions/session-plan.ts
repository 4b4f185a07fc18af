/** From what was asked to a session's record: checks it against the loaded data, or refuses it saying why. */
import { newYorkDate, newYorkMidnight } from '../engine/calendar/new-york';
import { tradingDaysBetween } from '../engine/calendar/trading-day';
import type { BaseTimeframe } from '../engine/market/timeframe';
import { canonicalText, toJson } from '../engine/simulation/codec';
import type { Instrument } from '../engine/simulation/configuration';
import type { Money } from '../engine/units/fixed-point';
import { sha256Hex } from '../engine/units/sha256';
import type { EpochMs } from '../engine/units/time';
import type { SessionPolicies } from '../schema/profiles';
import type { Asset, AssetClass, BarCoverage, BarLibrary } from './bar-library';
import { actionsFor, type MarketLibraries } from './session-market';
import type { SessionRecord } from './session-store';

export interface NewSession {
  readonly name: string | null;
  readonly symbols: readonly string[];
  readonly startTime: EpochMs;
  readonly endTime: EpochMs;
  readonly baseTimeframe: BaseTimeframe;
  readonly initialCash: Money;
  readonly profile: string;
  /** Null: derived from configuration, symbols and period, so that the same session again gives the same ids. */
  readonly seed: string | null;
  readonly policies: SessionPolicies;
}

export type CreateRefusal =
  | { readonly code: 'symbols_required' }
  | { readonly code: 'too_many_symbols'; readonly count: number; readonly maximum: number }
  | { readonly code: 'period_empty'; readonly startTime: EpochMs; readonly endTime: EpochMs }
  /** No trading day of the calendar (2000 to 2027) in the period. */
  | { readonly code: 'period_without_sessions'; readonly startTime: EpochMs; readonly endTime: EpochMs }
  | { readonly code: 'symbol_not_loaded'; readonly symbol: string; readonly loaded: readonly string[] }
  /** Its bars can be imported, but the engine does not trade it. */
  | { readonly code: 'asset_class_not_traded'; readonly symbol: string; readonly assetClass: AssetClass }
  | { readonly code: 'no_bars_in_span'; readonly symbol: string; readonly coverage: BarCoverage };

/** The one class that the engine trades. */
const TRADED = 'us_equity';
/** Each symbol's minutes of a year are 6 MB of columns. */
const SYMBOLS_MAX = 200;
/** Two weeks before a session are on its tape: one that starts before that is outside the calendar. */
const CALENDAR_FROM = Date.UTC(2000, 0, 15);
const CALENDAR_TO = Date.UTC(2027, 11, 31);

type Plan = Omit<SessionRecord, 'id' | 'createdAt'>;
type Planned =
  { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly refusal: CreateRefusal };

export async function planSession(request: NewSession, libraries: MarketLibraries): Promise<Planned> {
  const symbols = [...new Set(request.symbols)].sort();
  const refusal = refusePeriod(request) ?? refuseCount(symbols);
  if (refusal !== null) return { ok: false, refusal };
  const found: Found[] = [];
  for (const symbol of symbols) {
    const one = await find(symbol, request, libraries.bars);
    if ('code' in one) return { ok: false, refusal: one };
    found.push(one);
  }
  return { ok: true, plan: { ...planOf(request, found), ...(await pinMarket(request, found, libraries)) } };
}

interface Found {
  readonly asset: Asset;
  readonly coverage: BarCoverage;
}

function refusePeriod({ startTime, endTime }: NewSession): CreateRefusal | null {
  if (startTime >= endTime) return { code: 'period_empty', startTime, endTime };
  const isInside = startTime >= CALENDAR_FROM && endTime <= CALENDAR_TO;
  const days = isInside ? tradingDaysBetween(newYorkDate(startTime), newYorkDate(endTime)) : [];
  const isTraded = days.some((day) => day.close > startTime && day.open < endTime);
  return isTraded ? null : { code: 'period_without_sessions', startTime, endTime };
}

function refuseCount(symbols: readonly string[]): CreateRefusal | null {
  if (symbols.length === 0) return { code: 'symbols_required' };
  if (symbols.length <= SYMBOLS_MAX) return null;
  return { code: 'too_many_symbols', count: symbols.length, maximum: SYMBOLS_MAX };
}

async function find(
  symbol: string,
  request: NewSession,
  library: BarLibrary,
): Promise<Found | CreateRefusal> {
  const { baseTimeframe, startTime, endTime } = request;
  const coverage = await library.coverage(symbol, baseTimeframe);
  const asset = await library.asset(symbol);
  if (coverage === null || asset === null) {
    const all = await library.coverages();
    const loaded = all.filter((one) => one.timeframe === baseTimeframe).map((one) => one.symbol);
    return { code: 'symbol_not_loaded', symbol, loaded: loaded.sort() };
  }
  const { assetClass } = asset;
  if (assetClass !== TRADED) return { code: 'asset_class_not_traded', symbol, assetClass };
  // A daily bar carries its day's midnight, before the session's start on that day.
  const from = baseTimeframe === '1Day' ? newYorkMidnight(startTime) : startTime;
  const bars = await library.read(symbol, baseTimeframe, coverage.version, from, endTime);
  return bars.length === 0 ? { code: 'no_bars_in_span', symbol, coverage } : { asset, coverage };
}

/** What is known of the market today besides bars, so that the session sees the same again. */
async function pinMarket(
  request: NewSession,
  found: readonly Found[],
  libraries: MarketLibraries,
): Promise<Pick<SessionRecord, 'quoteVersions' | 'actions'>> {
  const pinned = found.map(({ coverage }) => coverage);
  const quoteVersions: Record<string, number> = {};
  for (const { symbol } of pinned) {
    const coverage = await libraries.quotes?.coverage(symbol);
    if (coverage !== null && coverage !== undefined) quoteVersions[symbol] = coverage.version;
  }
  return { quoteVersions, actions: await actionsFor(libraries, pinned, request) };
}

function planOf(request: NewSession, found: readonly Found[]): Plan {
  const { startTime, endTime, baseTimeframe, initialCash, policies } = request;
  const instruments = found.map(({ asset }) => instrumentOf(asset));
  const unseeded = {
    instruments,
    startTime,
    endTime,
    baseTimeframe,
    initialCash,
    ...policies,
  };
  const seed = request.seed ?? sha256Hex(canonicalText(toJson(unseeded)));
  return {
    name: request.name ?? nameOf(request),
    profile: request.profile,
    configuration: { seed, ...unseeded },
    dataVersions: Object.fromEntries(found.map(({ coverage }) => [coverage.symbol, coverage.version])),
    synthetic: found.some(({ asset }) => asset.synthetic),
  };
}

function instrumentOf(asset: Asset): Instrument {
  const { symbol, tradable, fractionable, marginable, shortable, easyToBorrow } = asset;
  const lending = { marginable, maintenanceRate: null, shortable, easyToBorrow };
  return { symbol, assetClass: TRADED, tradable, fractionable, ...lending };
}

const NAMED_MAX = 3;

/** "AAPL, MSFT 2024-01-03": what a person would look for in a list. */
function nameOf({ symbols, startTime }: NewSession): string {
  const more = symbols.length > NAMED_MAX ? ` +${symbols.length - NAMED_MAX}` : '';
  return `${symbols.slice(0, NAMED_MAX).join(', ')}${more} ${newYorkDate(startTime)}`;
}
