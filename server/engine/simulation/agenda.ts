/** What the calendar brings by itself: corporate actions, fees, interest and margin calls, each when it is due. */
import type { Tape } from '../market/tape';
import type { DatedAction } from '../market/corporate-actions';
import type { EpochMs } from '../units/time';
import { Actions } from './actions';
import type { InterestDesk } from './interest';
import { CALENDAR, MARGIN, phaseOf, pointAt, timeOf, type Point } from './instant';
import type { MarginDesk } from './margin-calls';
import type { FeeDesk } from './fees';
import type { Recorder } from './recorder';
import type { SimulationState } from './state';

/** Knows no state of its own but what it found last: what is due follows from the clock's position, the tape and the accounts. */
export class Agenda {
  private readonly actions: readonly DatedAction[];
  private readonly effects: Actions;
  /** What was found after `from` when that many events had been recorded: asked at every bar. */
  private asOf = -1;
  private from: Point = Infinity;
  private found: Point = Infinity;

  constructor(
    tape: Tape,
    private readonly state: SimulationState,
    private readonly fees: FeeDesk,
    private readonly interest: InterestDesk,
    private readonly margin: MarginDesk,
    recorder: Recorder,
  ) {
    this.actions = tape.actions;
    this.effects = new Actions(tape, state, recorder);
  }

  /** The first point after `position` at which something may be due; Infinity when there is none. */
  next(position: Point): Point {
    const isKnown = this.asOf === this.state.recorded && this.from <= position && this.found > position;
    if (isKnown) return this.found;
    const { fees, interest, margin } = this;
    this.asOf = this.state.recorded;
    this.from = position;
    this.found = Math.min(
      this.nextAction(position),
      fees.next(position),
      interest.next(position),
      margin.next(position),
    );
    return this.found;
  }

  /** Does what is due at a point. */
  work(point: Point): void {
    const at = timeOf(point);
    if (phaseOf(point) === CALENDAR) {
      this.interest.post(at);
      for (const action of this.actionsAt(at)) this.effects.apply(action);
      this.fees.post(at);
      this.margin.liquidate(at);
    }
    if (phaseOf(point) === MARGIN) this.margin.call(at);
  }

  private nextAction(position: Point): Point {
    let low = 0;
    let high = this.actions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (pointAt(this.actions[middle]?.at ?? 0, CALENDAR) <= position) low = middle + 1;
      else high = middle;
    }
    const action = this.actions[low];
    return action === undefined ? Infinity : pointAt(action.at, CALENDAR);
  }

  private actionsAt(at: EpochMs): readonly DatedAction[] {
    return this.actions.filter((action) => action.at === at);
  }
}
