/** The part of the engine that a session host drives. The engine's `Simulation` is it; tests may bring one that breaks. */
import type { Tape } from '../engine/market/tape';
import type { Command } from '../engine/simulation/command';
import type { SimulationConfiguration } from '../engine/simulation/configuration';
import type { SimulationEvent } from '../engine/simulation/event';
import type { Outcome } from '../engine/simulation/simulation';
import type { SimulationView } from '../engine/simulation/view';

export interface RunningSimulation extends SimulationView {
  apply(command: Command): Outcome;
  fold(events: readonly SimulationEvent[]): void;
  snapshot(): { readonly state: unknown; readonly stateHash: string };
}

export interface SessionEngine {
  start(configuration: SimulationConfiguration, tape: Tape): RunningSimulation;
  restore(configuration: SimulationConfiguration, tape: Tape, state: unknown): RunningSimulation;
}
