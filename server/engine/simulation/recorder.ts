/** Collects the events of one command; each is recorded in the state the moment it is made. */
import type { SimulationEvent } from './event';
import type { SimulationState } from './state';

export class Recorder {
  private events: SimulationEvent[] = [];

  constructor(private readonly state: SimulationState) {}

  emit(event: SimulationEvent): void {
    this.state.record(event);
    this.events.push(event);
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
