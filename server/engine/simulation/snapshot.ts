/** A simulation's state as plain JSON and back, so that a long log need not be folded from its start. */
import { Ledger } from '../account/ledger';
import type { Fill, Order } from '../orders/order';
import { sha256Hex } from '../units/sha256';
import type { Money, Quantity } from '../units/fixed-point';
import type { EpochMs } from '../units/time';
import type { CashPosting } from './event';
import { canonicalText, fromJson, toJson, type JsonValue } from './codec';
import { eachRow, toRows, type Rows } from './rows';
import { RunHash } from './run-hash';
import { OrderEntry } from './order-entry';
import { SimulationState } from './state';
import type { DueRule } from './instant';

const FORMAT = 'paddock-state-3';
const NO_ROWS: Rows = { fields: [], exact: [], rows: [] };

const EXACT_ORDER_FIELDS = [
  'quantity',
  'notional',
  'limitPrice',
  'stopPrice',
  'capPrice',
  'reserved',
  'reservedQuantity',
  'filledQuantity',
  'filledNotional',
  'trailPrice',
  'trailPercent',
  'highWaterMark',
] as const;
const ORDER_FIELDS = [
  'ordinal',
  'account',
  'symbol',
  'side',
  'type',
  'timeInForce',
  'clientOrderId',
  'acceptedAt',
  'updatedAt',
  'expiresAt',
  'state',
  'triggeredAt',
  'filledAt',
  'canceledAt',
  'cancelReason',
  'expiredAt',
  'replacedAt',
  'replacedBy',
  'replaces',
  'extendedHours',
  'orderClass',
  'positionIntent',
  'parent',
  'legs',
  ...EXACT_ORDER_FIELDS,
] as const;
const EXACT_FILL_FIELDS = ['price', 'quantity', 'leavesQuantity', 'cumQuantity', 'positionQuantity'] as const;
const FILL_FIELDS = [
  'ordinal',
  'order',
  'account',
  'symbol',
  'side',
  'at',
  'barTime',
  'isLast',
  'tags',
  ...EXACT_FILL_FIELDS,
] as const;

const EXACT_POSTING_FIELDS = ['amount', 'quantity', 'perShareAmount'] as const;
const POSTING_FIELDS = [
  'ordinal',
  'account',
  'at',
  'date',
  'activityType',
  'symbol',
  'description',
  ...EXACT_POSTING_FIELDS,
] as const;

interface LedgerJson {
  readonly openedAt: EpochMs;
  readonly cash: Money;
  readonly realizedProfit: Money;
  readonly calledAt: EpochMs | null;
  readonly positions: readonly { symbol: string; quantity: Quantity; costBasis: Money }[];
}

interface StateJson {
  readonly format: string;
  readonly now: EpochMs;
  readonly runHash: string;
  readonly ledgers: readonly LedgerJson[];
  readonly orders: Rows;
  readonly fills: Rows;
  readonly postings: Rows;
}

export interface Snapshot {
  readonly state: JsonValue;
  readonly stateHash: string;
}

export function takeSnapshot(state: SimulationState): Snapshot {
  const stored = {
    format: FORMAT,
    now: state.now,
    runHash: state.runHash.value(),
    ledgers: toJson(state.ledgers.map(ledgerJson)),
    orders: toRows<OrderEntry>(state.orders, ORDER_FIELDS, EXACT_ORDER_FIELDS),
    fills: toRows<Fill>(state.fills, FILL_FIELDS, EXACT_FILL_FIELDS),
    postings: toRows<CashPosting>(state.postings, POSTING_FIELDS, EXACT_POSTING_FIELDS),
  };
  return { state: stored as unknown as JsonValue, stateHash: stateHashOf(state) };
}

/**
 * SHA-256 over all that the future depends on: the run hash (which covers every past order and fill), the
 * clock, the ledgers and the open orders. Two simulations that agree on it go on alike.
 */
export function stateHashOf(state: SimulationState): string {
  const { now, runHash, orders, fills } = state;
  return sha256Hex(
    canonicalText({
      now,
      runHash: runHash.value(),
      ledgers: state.ledgers.map(ledgerJson),
      open: [...state.open].map((order) => ({ ...order })),
      counts: [orders.length, fills.length, state.postings.length],
    }),
  );
}

function ledgerJson(ledger: Ledger): LedgerJson {
  return {
    openedAt: ledger.openedAt,
    cash: ledger.cash,
    realizedProfit: ledger.realizedProfit,
    calledAt: ledger.calledAt,
    positions: [...ledger.positions.values()].map(({ symbol, quantity, costBasis }) => ({
      symbol,
      quantity,
      costBasis,
    })),
  };
}

/** Builds the state that `takeSnapshot` wrote. What orders hold is not stored: adopting them holds it again. */
export function restoreSnapshot(json: unknown, dueRule: DueRule): SimulationState {
  const stored = json as Partial<StateJson> | null;
  if (stored === null || typeof stored !== 'object' || stored.format !== FORMAT) {
    throw new Error(`expected a snapshot of format ${FORMAT}, found ${String(stored?.format)}`);
  }
  const { now = 0, runHash = '', ledgers = [] } = stored;
  const { orders = NO_ROWS, fills = NO_ROWS, postings = NO_ROWS } = stored;
  const state = new SimulationState(now, new RunHash(runHash), dueRule);
  fromJson<LedgerJson[]>(ledgers).forEach((ledger, ordinal) => {
    state.ledgers.push(restoreLedger(ledger, ordinal));
  });
  eachRow(orders, (order) => {
    state.adopt(OrderEntry.restore(order as unknown as Order));
  });
  eachRow(fills, (fill) => {
    state.adoptFill(fill as unknown as Fill);
  });
  eachRow(postings, (posting) => {
    state.postings.push(posting as unknown as CashPosting);
  });
  return state;
}

function restoreLedger(stored: LedgerJson, ordinal: number): Ledger {
  const ledger = new Ledger(ordinal, stored.openedAt, stored.cash);
  ledger.realizedProfit = stored.realizedProfit;
  ledger.calledAt = stored.calledAt;
  for (const { symbol, quantity, costBasis } of stored.positions) {
    ledger.setPosition(symbol, quantity, costBasis);
  }
  return ledger;
}
