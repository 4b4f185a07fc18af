/** The session that every contender of the engine bench runs in: nothing is added to prices, nothing is charged. */
import { firstAtOrAfter, type BarColumns } from '../server/engine/market/bars';
import type { Price, Quantity, Money } from '../server/engine/units/fixed-point';
import type { OrderTerms, Side } from '../server/engine/orders/order';
import type { SimulationConfiguration } from '../server/engine/simulation/configuration';
import type { SimulationEvent } from '../server/engine/simulation/event';
import { fromFloat, ratio, toFloat } from '../server/engine/units/decimal';
import type { EpochMs } from '../server/engine/units/time';
import { addFill, emptyFills, type BenchFills } from './bench-fills';

export function benchSession(
  symbols: readonly string[],
  startTime: EpochMs,
  endTime: EpochMs,
  cash: number,
): SimulationConfiguration {
  return {
    seed: 'bench',
    instruments: symbols.map((symbol) => ({
      symbol,
      assetClass: 'us_equity',
      tradable: true,
      fractionable: true,
      marginable: true,
      maintenanceRate: null,
      shortable: false,
      easyToBorrow: false,
    })),
    startTime,
    endTime,
    baseTimeframe: '1Min',
    initialCash: fromFloat(cash) as Money,
    hours: 'regular',
    fill: {
      arrival: 'open',
      intrabar: 'pessimistic',
      limit: { rule: 'touch' },
      collar: 'none',
      trail: 'path',
      legs: 'parent_filled',
    },
    slippage: { model: 'none' },
    volume: { model: 'unlimited' },
    fees: { model: 'none' },
    account: { multiplier: '1', shortingEnabled: false },
    regulation: { rules: 'none', washTrades: 'allow' },
    quotes: { halfSpreadBasisPoints: ratio('0') },
  };
}

/** A market order for the day, by shares or by dollars. */
export function marketOrder(
  symbol: string,
  side: Side,
  quantity: Quantity | null,
  notional: Money | null,
): OrderTerms {
  return {
    symbol,
    side,
    type: 'market',
    timeInForce: 'day',
    quantity,
    notional,
    limitPrice: null,
    stopPrice: null,
    trailPrice: null,
    trailPercent: null,
    extendedHours: false,
    orderClass: 'simple',
    takeProfit: null,
    stopLoss: null,
    clientOrderId: null,
  };
}

/** A limit buy good till canceled, with both exits where they are given. */
export function limitBuy(
  symbol: string,
  quantity: Quantity,
  limitPrice: Price,
  takeProfit: Price | null,
  stopLoss: Price | null,
): OrderTerms {
  return {
    symbol,
    side: 'buy',
    type: 'limit',
    timeInForce: 'gtc',
    quantity,
    notional: null,
    limitPrice,
    stopPrice: null,
    trailPrice: null,
    trailPercent: null,
    extendedHours: false,
    orderClass: takeProfit === null ? 'simple' : 'bracket',
    takeProfit: takeProfit === null ? null : { limitPrice: takeProfit },
    stopLoss: stopLoss === null ? null : { stopPrice: stopLoss, limitPrice: null },
    clientOrderId: null,
  };
}

/** What the loops note, read from the events of the engine; all symbols share one clock of bars. */
export function fillsOf(
  events: readonly SimulationEvent[],
  symbols: readonly string[],
  bars: BarColumns,
): BenchFills {
  const numbers = new Map(symbols.map((symbol, index) => [symbol, index]));
  const fills = emptyFills(events.reduce((sum, { type }) => sum + (type === 'OrderFilled' ? 1 : 0), 0));
  for (const event of events) {
    if (event.type !== 'OrderFilled') continue;
    const { symbol, barTime, side, price, quantity } = event;
    const bar = firstAtOrAfter(bars.time, barTime);
    addFill(
      fills,
      numbers.get(symbol) ?? -1,
      bar,
      side === 'buy' ? 1 : -1,
      toFloat(price),
      toFloat(quantity),
    );
  }
  return fills;
}
