/** What a session knows of the market besides bars: pinned when it is made, so that it sees the same again. */
import { addDays } from '../engine/calendar/civil';
import { newYorkDate, newYorkTime } from '../engine/calendar/new-york';
import type { BarColumns } from '../engine/market/bars';
import type { CorporateAction } from '../engine/market/corporate-actions';
import type { QuotePoints } from '../engine/market/quotes';
import type { BaseTimeframe } from '../engine/market/timeframe';
import type { Price } from '../engine/units/fixed-point';
import { DAY_MS, MINUTE_MS, type EpochMs } from '../engine/units/time';
import type { BarLibrary } from './bar-library';
import type { CorporateAction as LoadedAction, CorporateActionLibrary } from './corporate-action-library';
import type { QuoteLibrary } from './quote-library';

/** Where market data of all kinds come from; a kind that is absent is not loaded. */
export interface MarketLibraries {
  readonly bars: BarLibrary;
  readonly quotes?: QuoteLibrary;
  readonly corporateActions?: CorporateActionLibrary;
}

/** A session whose bars were read from this version. */
export interface PinnedBars {
  readonly symbol: string;
  readonly version: number;
}

interface Span {
  readonly startTime: EpochMs;
  readonly endTime: EpochMs;
  readonly baseTimeframe: BaseTimeframe;
}

/** Bars around an ex-date that tell whether they are raw. */
const AROUND_DAYS = 10;

/** Splits and cash dividends of the symbols in the span. Splits count where the bars show their step: raw bars. */
export async function actionsFor(
  libraries: MarketLibraries,
  pinned: readonly PinnedBars[],
  span: Span,
): Promise<readonly CorporateAction[]> {
  const { corporateActions } = libraries;
  if (corporateActions === undefined) return [];
  const symbols = pinned.map(({ symbol }) => symbol);
  const loaded = await corporateActions.corporateActions(
    symbols,
    newYorkDate(span.startTime),
    newYorkDate(span.endTime),
  );
  const actions: CorporateAction[] = [];
  for (const action of loaded) {
    const own = pinned.find(({ symbol }) => symbol === action.symbol);
    if (own === undefined) continue;
    if (action.type === 'split' && !(await isStepInBars(libraries.bars, own, action, span))) continue;
    actions.push(actionOf(action));
  }
  return actions;
}

function actionOf(action: LoadedAction): CorporateAction {
  const { symbol, exDate } = action;
  if (action.type === 'cash_dividend') {
    return { symbol, exDate, kind: 'cash_dividend', cash: action.cashPerShare as bigint as Price };
  }
  return { symbol, exDate, kind: 'split', newShares: action.newShares, oldShares: action.oldShares };
}

/** Is the step from the last close before the ex-date to the first open after it nearer to the split than to none? */
async function isStepInBars(
  library: BarLibrary,
  { symbol, version }: PinnedBars,
  split: Extract<LoadedAction, { type: 'split' }>,
  { baseTimeframe }: Span,
): Promise<boolean> {
  const day = newYorkTime(split.exDate, 0);
  const from = newYorkTime(addDays(split.exDate, -AROUND_DAYS), 0);
  const before = await library.read(symbol, baseTimeframe, version, from, day);
  const after = await library.read(symbol, baseTimeframe, version, day, day + AROUND_DAYS * DAY_MS);
  const step = stepBetween(before, after);
  if (step === null) return false;
  const expected = Number(split.oldShares) / Number(split.newShares);
  return Math.abs(Math.log(step / expected)) < Math.abs(Math.log(step));
}

function stepBetween(before: BarColumns, after: BarColumns): number | null {
  const close = before.close[before.length - 1];
  const open = after.open[0];
  return close === undefined || open === undefined ? null : open / close;
}

/** Quotes as they become known: those that stand at the end of each minute. Null when none are loaded. */
export async function quotePoints(
  library: QuoteLibrary | undefined,
  symbol: string,
  version: number | undefined,
  from: EpochMs,
  to: EpochMs,
): Promise<QuotePoints | null> {
  if (library === undefined || version === undefined) return null;
  const { time, bid, ask } = await library.read(symbol, version, from, to);
  return time.length === 0 ? null : { at: time.map((start) => start + MINUTE_MS), bid, ask };
}
