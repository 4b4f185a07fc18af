/** One instant has an order of its own (fills.md section 2): the calendar, closes, expiries, commands, opens. */
import { nextOpen, tradingDayAt } from '../calendar/trading-day';
import type { BaseTimeframe } from '../market/timeframe';
import type { Order } from '../orders/order';
import type { Arrival } from '../orders/policies';
import { MINUTE_MS, type EpochMs } from '../units/time';

/** Corporate actions, dues of the day and orders of the house that are effective now. */
export const CALENDAR = 0;
/** Bars that end now are walked. */
export const CLOSE = 1;
/** Accounts are held against their maintenance margin. */
export const MARGIN = 2;
/** Times in force that end now. The clock rests after this: commands come in between it and OPEN. */
export const EXPIRY = 3;
/** Bars that start now are offered, as the clock leaves the instant. */
export const OPEN = 4;
/** Orders meant for that open alone are gone. */
const AFTER_OPEN = 5;

const PHASES = 8;

/** A time and a phase as one number that sorts: exact, as 8 x epoch milliseconds stays far below 2^53. */
export type Point = number;

export function pointAt(time: EpochMs, phase: number): Point {
  return time * PHASES + phase;
}

export function timeOf(point: Point): EpochMs {
  return Math.floor(point / PHASES);
}

export function phaseOf(point: Point): number {
  return point % PHASES;
}

export interface DueRule {
  readonly baseTimeframe: BaseTimeframe;
  readonly arrival: Arrival;
}

/** When an open order ends by itself; null when it never does. */
export function duePointOf(order: Order, rule: DueRule): Point | null {
  if (order.timeInForce === 'ioc' || order.timeInForce === 'fok') return judgedPoint(order.acceptedAt, rule);
  return order.expiresAt === null ? null : pointAt(order.expiresAt, EXPIRY);
}

/** ioc and fok live for one scheduled open; where fills are told at the close, until then. */
function judgedPoint(acceptedAt: EpochMs, rule: DueRule): Point {
  const open = scheduledOpenFrom(acceptedAt, rule.baseTimeframe);
  if (rule.arrival === 'open') return pointAt(open, AFTER_OPEN);
  return pointAt(baseBarEnd(open, rule.baseTimeframe), EXPIRY);
}

/** The first time at or after `time` at which a base bar may open. */
export function scheduledOpenFrom(time: EpochMs, baseTimeframe: BaseTimeframe): EpochMs {
  if (baseTimeframe === '1Min') return Math.ceil(time / MINUTE_MS) * MINUTE_MS;
  return nextOpen(time - 1);
}

/** When the base bar that opens at `open` ends. */
export function baseBarEnd(open: EpochMs, baseTimeframe: BaseTimeframe): EpochMs {
  if (baseTimeframe === '1Min') return open + MINUTE_MS;
  return tradingDayAt(open)?.close ?? open;
}
