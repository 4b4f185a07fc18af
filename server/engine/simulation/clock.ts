/** Moves simulated time: from one instant at which something happens straight to the next. */
import { nextClose, nextOpen } from '../calendar/trading-day';
import type { TrailMarks } from '../matching/trail-marks';
import type { Tape } from '../market/tape';
import type { SymbolBook } from '../orders/book';
import type { EpochMs } from '../units/time';
import type { Agenda } from './agenda';
import type { AdvanceTarget } from './command';
import type { SimulationConfiguration } from './configuration';
import type { SimulationEvent } from './event';
import { CALENDAR, CLOSE, EXPIRY, MARGIN, OPEN, phaseOf, pointAt, timeOf, type Point } from './instant';
import type { Matcher } from './matcher';
import type { Recorder } from './recorder';
import type { Rejection } from './rejection';
import { Scan } from './scan';
import type { OrderEntry } from './order-entry';
import type { SimulationState } from './state';
import { barsBetween, nextStep, restAtOrAfter, stepsOn } from './step';

const DURATION_MAX_MS = 366 * 86_400_000;

export class Clock {
  /** Ascending by symbol: the order within one instant. */
  private readonly scans: readonly Scan[];
  private readonly books: (SymbolBook | undefined)[];

  constructor(
    private readonly configuration: SimulationConfiguration,
    private readonly tape: Tape,
    private readonly state: SimulationState,
    private readonly matcher: Matcher,
    marks: TrailMarks,
    private readonly agenda: Agenda,
    private readonly recorder: Recorder,
  ) {
    this.scans = tape.symbols.map(
      (symbol) => new Scan(symbol, configuration.fill.arrival === 'deferred', marks),
    );
    this.books = this.scans.map(() => undefined);
  }

  /** Before this time nothing can happen without a command; while any order is open that is now. */
  quietUntil(): EpochMs {
    const { open, now } = this.state;
    return open.size > 0 ? now : timeOf(this.agenda.next(pointAt(now, EXPIRY)));
  }

  /** Advances and ends with one `ClockAdvanced`; a refusal leaves all as it was. At the end it stays there. */
  advance(target: AdvanceTarget): Rejection | null {
    const from = this.state.now;
    const wanted = this.timeFor(target);
    if (typeof wanted !== 'number') return wanted;
    const end = Math.max(from, Math.min(wanted, this.configuration.endTime));
    const at = this.run(end, target.to === 'next_event');
    this.recorder.emit({ type: 'ClockAdvanced', at, from, bars: barsBetween(from, at, this.configuration) });
    return null;
  }

  private timeFor(target: AdvanceTarget): EpochMs | Rejection {
    const { now } = this.state;
    const { endTime } = this.configuration;
    if (now >= endTime) return target.to === 'time' && target.time < now ? backwards(now, target.time) : now;
    switch (target.to) {
      case 'bars':
        return isCount(target.bars) ? stepsOn(now, target.bars, this.configuration) : NOT_POSITIVE;
      case 'duration':
        if (!isCount(target.durationMs) || target.durationMs > DURATION_MAX_MS) return NOT_POSITIVE;
        return restAtOrAfter(now + target.durationMs, this.configuration);
      case 'time':
        if (target.time < now) return backwards(now, target.time);
        return target.time >= endTime ? endTime : restAtOrAfter(target.time, this.configuration);
      case 'open':
        return nextOpen(now);
      case 'close':
        return nextClose(now);
      case 'next_event':
      case 'end':
        return endTime;
    }
  }

  /**
   * Works through every instant up to `target`; with `stopsAtEvent` no further than the first event. Gives the
   * time that was reached and leaves it to the caller to record it.
   */
  run(target: EpochMs, stopsAtEvent: boolean): EpochMs {
    let reach = target;
    let position = pointAt(this.state.now, EXPIRY);
    let happened = 0;
    for (;;) {
      const point = this.nextPoint(position, reach);
      if (point > pointAt(reach, EXPIRY)) return reach;
      const events = this.work(point);
      position = point;
      happened += events;
      if (stopsAtEvent && happened > 0) reach = Math.min(reach, this.restAfter(point));
    }
  }

  /** The clock cannot rest past an open: what happened there is told when that base bar is over. */
  private restAfter(point: Point): EpochMs {
    return phaseOf(point) <= EXPIRY
      ? restAtOrAfter(timeOf(point), this.configuration)
      : nextStep(timeOf(point), this.configuration);
  }

  private nextPoint(position: Point, target: EpochMs): Point {
    let next = Math.min(this.state.dues.topKey(), this.agenda.next(position));
    for (let i = 0; i < this.scans.length; i++) {
      const book = this.books[i] ?? this.bookOf(i);
      if (book === undefined || book.size === 0) continue;
      const point = (this.scans[i] as Scan).next(book, position, target);
      if (point < next) next = point;
    }
    return next;
  }

  /** Does what is due at a point; tells how many events that made. */
  private work(point: Point): number {
    const before = this.recorder.count;
    const phase = phaseOf(point);
    if (phase === CALENDAR || phase === MARGIN) this.agenda.work(point);
    if (phase === CLOSE || phase === OPEN) this.match(point, phase);
    this.end(point);
    return this.recorder.count - before;
  }

  /** A book stays once it is there. */
  private bookOf(index: number): SymbolBook | undefined {
    return (this.books[index] = this.state.books.get((this.scans[index] as Scan).tape.symbol));
  }

  private match(point: Point, phase: number): void {
    for (let i = 0; i < this.scans.length; i++) {
      const scan = this.scans[i] as Scan;
      const book = this.books[i] ?? this.bookOf(i);
      if (book === undefined || book.size === 0) continue;
      const { tape } = scan;
      if (scan.next(book, point - 1, timeOf(point) + 1) !== point) continue;
      const index = scan.indexAt(point);
      const { open, high, low } = tape.bars;
      if (phase === OPEN) {
        const price = open[index] as number;
        this.matcher.open(tape, index, scan.ordersIn(book, index).reachedBy(price, price));
      } else {
        const reached = scan.ordersIn(book, index).reachedBy(low[index] as number, high[index] as number);
        this.matcher.close(tape, index, reached);
      }
    }
  }

  /** Times in force that end at the point, by acceptance. */
  private end(point: Point): void {
    if (this.state.dues.topKey() > point) return;
    const due: OrderEntry[] = [];
    this.state.dues.popThrough(point, due);
    due.sort((a, b) => a.ordinal - b.ordinal);
    for (const order of due) this.endOne(order, timeOf(point));
  }

  private endOne(order: OrderEntry, at: EpochMs): void {
    const tape = this.tape.of(order.symbol);
    if (order.timeInForce === 'cls' && tape !== undefined && this.matcher.closingAuction(tape, order, at))
      return;
    this.recorder.emit(endOf(order, at));
  }
}

const NOT_POSITIVE: Rejection = { code: 'advance_not_positive' };

function backwards(now: EpochMs, target: EpochMs): Rejection {
  return { code: 'clock_backwards', now, target };
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

function endOf(order: OrderEntry, at: EpochMs): SimulationEvent {
  const { ordinal, timeInForce, state } = order;
  if (state === 'held') return { type: 'OrderCanceled', at, order: ordinal, reason: 'parent_ended' };
  if (timeInForce === 'day') return { type: 'OrderExpired', at, order: ordinal };
  return { type: 'OrderCanceled', at, order: ordinal, reason: END_REASONS[timeInForce] };
}

const END_REASONS = {
  gtc: 'good_til_canceled_limit',
  ioc: 'immediate_or_cancel',
  fok: 'fill_or_kill',
  opg: 'auction_over',
  cls: 'auction_over',
} as const;
