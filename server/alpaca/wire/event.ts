/** The log as the control plane writes it: commits, what was asked, and what happened. */
import type { Command } from '../../engine/simulation/command';
import type { SimulationEvent } from '../../engine/simulation/event';
import type { SimulationView } from '../../engine/simulation/view';
import { formatDecimal } from '../../engine/units/decimal';
import type { EpochMs } from '../../engine/units/time';
import type { Commit } from '../../sessions/session-store';
import { instant } from './instant';

export type WireValue =
  string | number | boolean | null | readonly WireValue[] | { readonly [name: string]: WireValue };

const CAPITAL = /[A-Z]/g;
const snakeCase = (name: string): string => name.replace(CAPITAL, (letter) => `_${letter.toLowerCase()}`);

/** Fields that hold times, besides those that say so by their ending. */
const TIMES = new Set(['at', 'from', 'barTime', 'time']);
const isTime = (name: string): boolean => TIMES.has(name) || name.endsWith('At');

/** Fields that hold ordinals, and what they are called when they are ids. */
const ORDERS: Readonly<Record<string, string>> = { order: 'order_id', by: 'by_order_id' };

function fieldToWire(view: SimulationView, name: string, value: unknown): [string, WireValue] {
  if (typeof value === 'number') {
    const orderName = Object.hasOwn(ORDERS, name) ? ORDERS[name] : undefined;
    if (orderName !== undefined) return [orderName, view.orderId(value)];
    if (name === 'fill') return ['fill_id', view.fillId(value)];
    if (name === 'account') return ['account_id', view.accountId(value)];
    if (isTime(name)) return [snakeCase(name), instant(value satisfies EpochMs)];
  }
  return [snakeCase(name), valueToWire(view, value)];
}

function valueToWire(view: SimulationView, value: unknown): WireValue {
  if (typeof value === 'bigint') return formatDecimal(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((entry) => valueToWire(view, entry));
  return typeof value === 'object' && value !== null ? recordToWire(view, value) : null;
}

function recordToWire(view: SimulationView, record: object): { readonly [name: string]: WireValue } {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => fieldToWire(view, name, value)));
}

/** `OrderFilled` to `order_filled`. */
const typeToWire = (type: string): string => snakeCase(type).slice(1);

export function eventToWire(view: SimulationView, event: SimulationEvent | Command) {
  return { ...recordToWire(view, event), type: typeToWire(event.type) };
}

export function commitToWire(view: SimulationView, commit: Commit) {
  return {
    sequence: commit.sequence,
    command_id: commit.commandId,
    actor: commit.actor,
    simulated_at: instant(commit.simulatedAt),
    recorded_at: commit.recordedAt,
    command: eventToWire(view, commit.command),
    events: commit.events.map((event) => eventToWire(view, event)),
    hash: commit.hash,
  };
}
