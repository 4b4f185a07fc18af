/** The run hash: a chain over what happened to orders and money, and over nothing else. */
import { sha256Hex } from '../units/sha256';
import { canonicalText } from './codec';
import type { SimulationEvent } from './event';

/**
 * Events are kept until the hash is asked for, at most this many: a backtest that never asks never pays. The
 * state keeps every order and fill anyway, so what waits here is of the same size.
 */
const PENDING_MAX = 4_194_304;

export class RunHash {
  private pending: SimulationEvent[] = [];

  constructor(private digest: string) {}

  static start(seed: string): RunHash {
    return new RunHash(sha256Hex(`paddock run ${seed}`));
  }

  add(event: SimulationEvent): void {
    if (event.type === 'ClockAdvanced') return;
    this.pending.push(event);
    if (this.pending.length >= PENDING_MAX) this.value();
  }

  /** 64 hex digits over all events so far. */
  value(): string {
    for (const event of this.pending) this.digest = sha256Hex(this.digest + canonicalText(hashed(event)));
    this.pending = [];
    return this.digest;
  }
}

/** Client order ids stay out: many clients draw them at random, and two equal runs must hash equal. */
function hashed(event: SimulationEvent): unknown {
  if (event.type !== 'OrderAccepted' && event.type !== 'OrderReplaced') return event;
  return { ...event, terms: { ...event.terms, clientOrderId: null } };
}
