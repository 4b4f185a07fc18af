/** Collects the events of one command; each is recorded in the state the moment it is made. */
import type { OrderFilled, SimulationEvent } from './event';
import type { SimulationState } from './state';

export class Recorder {
  private events: SimulationEvent[] = [];
  private readonly followers: ((fill: OrderFilled) => void)[] = [];

  constructor(private readonly state: SimulationState) {}

  emit(event: SimulationEvent): void {
    this.state.record(event);
    this.events.push(event);
    if (event.type === 'OrderFilled') for (const follow of this.followers) follow(event);
  }

  /** What must happen with every fill, in the same breath. */
  afterFill(follow: (fill: OrderFilled) => void): void {
    this.followers.push(follow);
  }

  get count(): number {
    return this.events.length;
  }

  /** The events since the last call. */
  take(): readonly SimulationEvent[] {
    const { events } = this;
    this.events = [];
    return events;
  }
}
