/**
 * A second matcher, deliberately naive: no indexes, no segments, no sorting. It moves the price cent by cent along
 * each path and asks every order at every cent. For tests only; the engine must agree with it.
 */
import type { Side } from '../orders/order';

export interface PlainBar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** Prices in whole cents, quantities in whole shares. */
export interface PlainOrder {
  readonly side: Side;
  readonly type: 'market' | 'limit' | 'stop' | 'stop_limit' | 'trailing_stop';
  readonly quantity: number;
  readonly limit: number | null;
  readonly stop: number | null;
  readonly trail: number | null;
  /** Index of the first bar whose open it may take. */
  readonly from: number;
  /** Of a bracket: exits that wake with its last fill. */
  readonly exits: { readonly target: number; readonly stop: number } | null;
}

export interface PlainFill {
  readonly bar: number;
  readonly order: string;
  readonly price: number;
  readonly quantity: number;
}

interface Live {
  readonly name: string;
  readonly side: Side;
  readonly limit: number | null;
  readonly stop: number | null;
  readonly trail: number | null;
  readonly exits: PlainOrder['exits'];
  readonly rank: number;
  from: number;
  left: number;
  mark: number | null;
  isTriggered: boolean;
  isHeld: boolean;
  isOver: boolean;
  twin: string | null;
}

interface Pass {
  readonly orders: Live[];
  readonly fills: PlainFill[];
  budget: number;
}

/** All fills over the bars, under unlimited cash, no slippage, touch, no collar, pessimistic. */
export function matchPlainly(
  bars: readonly PlainBar[],
  asked: readonly PlainOrder[],
  rate: number | null,
): PlainFill[] {
  let orders = asked.flatMap((order, index) => liveOf(order, index, bars[order.from - 1]?.close ?? null));
  const fills: PlainFill[] = [];
  bars.forEach((bar, index) => {
    const atOpen: Pass = { orders: copy(orders), fills: [], budget: openBudget(bars, index, rate) };
    // Whoever comes at the very instant is offered the open at once, before those that rest.
    offerOpen(atOpen, bar.open, index, (order) => order.from === index, true);
    offerOpen(atOpen, bar.open, index, (order) => order.from < index, true);
    const taken = atOpen.fills.reduce((sum, fill) => sum + fill.quantity, 0);
    const budget = bar.volume === 0 ? 0 : Math.max(0, share(bar.volume, rate) - taken);
    const path = (points: readonly number[]): Pass => {
      const pass: Pass = { orders: copy(atOpen.orders), fills: [], budget };
      if (bar.volume > 0) walkCents(pass, points, index);
      return pass;
    };
    const highFirst = path([bar.open, bar.high, bar.low, bar.close]);
    const lowFirst = path([bar.open, bar.low, bar.high, bar.close]);
    const chosen = choose(bar, highFirst, lowFirst);
    fills.push(...atOpen.fills, ...chosen.fills);
    orders = chosen.orders;
    for (const order of orders) if (order.trail !== null && order.from <= index) moveMarkOver(order, bar);
  });
  return fills;
}

/** A trailing stop's mark starts at the last price when it is accepted. */
function liveOf(order: PlainOrder, index: number, lastPrice: number | null): Live[] {
  const common = {
    trail: null,
    mark: null,
    exits: null,
    from: order.from,
    isTriggered: false,
    isOver: false,
    twin: null,
  };
  const self: Live = {
    ...common,
    name: String(index),
    rank: index * 3,
    side: order.side,
    limit: order.limit,
    stop: order.stop,
    trail: order.trail,
    mark: order.trail === null ? null : lastPrice,
    exits: order.exits,
    left: order.quantity,
    isHeld: false,
  };
  if (order.exits === null) return [self];
  const side: Side = order.side === 'buy' ? 'sell' : 'buy';
  const leg = (
    suffix: string,
    rank: number,
    limit: number | null,
    stop: number | null,
    twin: string,
  ): Live => ({
    ...common,
    name: `${index}${suffix}`,
    rank: index * 3 + rank,
    side,
    limit,
    stop,
    left: order.quantity,
    isHeld: true,
    twin: `${index}${twin}`,
  });
  return [self, leg('t', 1, order.exits.target, null, 's'), leg('s', 2, null, order.exits.stop, 't')];
}

const copy = (orders: readonly Live[]): Live[] => orders.map((order) => ({ ...order }));

function share(volume: number, rate: number | null): number {
  return rate === null ? Infinity : Math.max(1, Math.floor(volume * rate + 1e-9));
}

function openBudget(bars: readonly PlainBar[], index: number, rate: number | null): number {
  const newest = bars.slice(Math.max(0, index - 20), index).map((bar) => bar.volume);
  if (rate === null || newest.length === 0) return Infinity;
  newest.sort((a, b) => a - b);
  const middle = newest.length / 2;
  const median =
    newest.length % 2 === 1
      ? (newest[Math.floor(middle)] ?? 0)
      : ((newest[middle] ?? 0) + (newest[middle - 1] ?? 0)) / 2;
  return median === 0 ? 0 : share(median, rate);
}

/** Every order by rank; a market order only where markets are taken. */
function offerOpen(
  pass: Pass,
  price: number,
  bar: number,
  isMeant: (order: Live) => boolean,
  takesMarket: boolean,
): void {
  for (const order of pass.orders) {
    if (order.isOver || order.isHeld || !isMeant(order)) continue;
    const isWaitingMarket =
      order.limit === null && (order.isTriggered || (order.stop === null && order.trail === null));
    if (isWaitingMarket && !takesMarket) continue;
    ask(pass, order, price, bar, isWaitingMarket);
  }
}

function walkCents(pass: Pass, points: readonly number[], bar: number): void {
  const [first] = points;
  if (first === undefined) return;
  offerOpen(pass, first, bar, (order) => order.from <= bar, false);
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1] ?? 0, points[i] ?? 0];
    const step = Math.sign(to - from);
    for (let price = from; price !== to;) {
      price += step;
      for (const order of [...pass.orders]) {
        if (order.isOver || order.isHeld || order.from > bar) continue;
        ask(pass, order, price, bar, false);
      }
    }
  }
}

/** One order at one price. */
function ask(pass: Pass, order: Live, price: number, bar: number, isMarket: boolean): void {
  const isSell = order.side === 'sell';
  const isWaitingForStop = !order.isTriggered && (order.stop !== null || order.trail !== null);
  if (isWaitingForStop) {
    const stop = order.stop ?? trailStopOf(order, price);
    const isThrough = isSell ? price <= stop : price >= stop;
    if (!isThrough) {
      if (order.trail !== null) order.mark = better(order, price);
      return;
    }
    order.isTriggered = true;
    if (order.limit === null) return execute(pass, order, price, bar);
  }
  if (order.limit !== null) {
    const isGood = isSell ? price >= order.limit : price <= order.limit;
    if (isGood) execute(pass, order, price, bar);
  } else if (isMarket) execute(pass, order, price, bar);
}

function better(order: Live, price: number): number {
  if (order.mark === null) return price;
  return order.side === 'sell' ? Math.max(order.mark, price) : Math.min(order.mark, price);
}

function trailStopOf(order: Live, price: number): number {
  const mark = order.mark ?? price;
  return order.side === 'sell' ? mark - (order.trail ?? 0) : mark + (order.trail ?? 0);
}

function execute(pass: Pass, order: Live, price: number, bar: number): void {
  const quantity = Math.min(order.left, pass.budget);
  if (quantity <= 0) return;
  pass.budget -= quantity;
  order.left -= quantity;
  pass.fills.push({ bar, order: order.name, price, quantity });
  const twin = pass.orders.find((other) => other.name === order.twin);
  if (twin !== undefined && !twin.isOver) {
    twin.left -= quantity;
    if (order.left === 0) twin.isOver = true;
  }
  if (order.left > 0) return;
  order.isOver = true;
  if (order.exits === null) return;
  const legs = pass.orders.filter(
    (other) => other.name === `${order.name}t` || other.name === `${order.name}s`,
  );
  for (const leg of legs) leg.isHeld = false;
  for (const leg of legs) if (!leg.isOver) ask(pass, leg, price, bar, false);
}

function moveMarkOver(order: Live, bar: PlainBar): void {
  order.mark = better({ ...order, mark: better(order, bar.high) }, bar.low);
}

/** The path with the lower equity at the close, else the nearer extreme first: the tests keep the two apart. */
function choose(bar: PlainBar, high: Pass, low: Pass): Pass {
  const gain = (pass: Pass): number =>
    pass.fills.reduce((sum, fill) => {
      const side = pass.orders.find((order) => order.name === fill.order)?.side;
      return sum + (side === 'buy' ? bar.close - fill.price : fill.price - bar.close) * fill.quantity;
    }, 0);
  if (gain(high) !== gain(low)) return gain(high) < gain(low) ? high : low;
  return bar.high - bar.open < bar.open - bar.low ? high : low;
}
