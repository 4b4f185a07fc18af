/** A simulation's state as plain JSON and back, so that a long log need not be folded from its start. */
import { Ledger } from '../account/ledger';
import type { Fill, Order } from '../orders/order';
import { sha256Hex } from '../units/sha256';
import type { Money, Quantity } from '../units/fixed-point';
import type { EpochMs } from '../units/time';
import { canonicalText, fromJson, toJson, type JsonValue } from './codec';
import { RunHash } from './run-hash';
import { OrderEntry } from './order-entry';
import { SimulationState } from './state';
import type { DueRule } from './instant';

const FORMAT = 'paddock-state-1';

interface LedgerJson {
  readonly openedAt: EpochMs;
  readonly cash: Money;
  readonly realizedProfit: Money;
  readonly positions: readonly { symbol: string; quantity: Quantity; costBasis: Money }[];
}

interface StateJson {
  readonly format: string;
  readonly now: EpochMs;
  readonly runHash: string;
  readonly ledgers: readonly LedgerJson[];
  readonly orders: readonly Order[];
  readonly fills: readonly Fill[];
}

export interface Snapshot {
  readonly state: JsonValue;
  /** SHA-256 of the state's canonical text. */
  readonly stateHash: string;
}

export function takeSnapshot(state: SimulationState): Snapshot {
  const json = toJson({
    format: FORMAT,
    now: state.now,
    runHash: state.runHash.value(),
    ledgers: state.ledgers.map((ledger) => ({
      openedAt: ledger.openedAt,
      cash: ledger.cash,
      realizedProfit: ledger.realizedProfit,
      positions: [...ledger.positions.values()].map(({ symbol, quantity, costBasis }) => ({
        symbol,
        quantity,
        costBasis,
      })),
    })),
    orders: state.orders,
    fills: state.fills,
  } satisfies StateJson);
  return { state: json, stateHash: sha256Hex(canonicalText(json)) };
}

/** Builds the state that `takeSnapshot` wrote. What orders hold is not stored: adopting them holds it again. */
export function restoreSnapshot(json: unknown, dueRule: DueRule): SimulationState {
  const stored = fromJson<Partial<StateJson> | null>(json);
  if (stored === null || typeof stored !== 'object' || stored.format !== FORMAT) {
    throw new Error(`expected a snapshot of format ${FORMAT}, found ${String(stored?.format)}`);
  }
  const { now = 0, runHash = '', ledgers = [], orders = [], fills = [] } = stored;
  const state = new SimulationState(now, new RunHash(runHash), dueRule);
  ledgers.forEach((ledger, ordinal) => state.ledgers.push(restoreLedger(ledger, ordinal)));
  for (const order of orders) state.adopt(OrderEntry.restore(order));
  for (const fill of fills) state.adoptFill(fill);
  return state;
}

function restoreLedger(stored: LedgerJson, ordinal: number): Ledger {
  const ledger = new Ledger(ordinal, stored.openedAt, stored.cash);
  ledger.realizedProfit = stored.realizedProfit;
  for (const { symbol, quantity, costBasis } of stored.positions) {
    const position = ledger.position(symbol);
    position.quantity = quantity;
    position.costBasis = costBasis;
  }
  return ledger;
}
