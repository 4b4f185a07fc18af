/** Scenarios for tests that read like a blotter: a small tape, orders in words, the fills that came of them. */
import { columnsOf, type Bar } from '../market/bars';
import type { CorporateAction } from '../market/corporate-actions';
import { createTape, type Tape } from '../market/tape';
import type { OrderClass, OrderTerms, OrderType, Side, TimeInForce } from '../orders/order';
import { formatDecimal, money, price, quantity, ratio } from '../units/decimal';
import type { Price } from '../units/fixed-point';
import { MINUTE_MS, type EpochMs } from '../units/time';
import type { AdvanceTarget } from './command';
import type { SimulationConfiguration } from './configuration';
import type { SimulationEvent } from './event';
import type { Rejection } from './rejection';
import { Simulation } from './simulation';

/** Open, high, low, close and volume of one bar. */
export type Ohlcv = readonly [open: number, high: number, low: number, close: number, volume?: number];

/** 2024-03-12 10:00 New York: a Tuesday like any other. */
export const TEN_O_CLOCK: EpochMs = 1_710_252_000_000;
const VOLUME = 1_000_000;

export interface Scenario {
  readonly cash?: string;
  readonly start?: EpochMs;
  readonly end?: EpochMs;
  /** Bars by symbol, from `start` minute by minute; null is a minute without a bar. */
  readonly tape: Readonly<Record<string, readonly (Ohlcv | null)[]>>;
  readonly actions?: readonly CorporateAction[];
  readonly configuration?: Partial<SimulationConfiguration>;
}

export interface OrderWords {
  readonly qty?: string;
  readonly notional?: string;
  readonly limit?: string;
  readonly stop?: string;
  readonly tif?: TimeInForce;
  readonly symbol?: string;
  readonly id?: string;
  readonly trail?: string;
  readonly trailPercent?: string;
  readonly extended?: boolean;
  readonly orderClass?: OrderClass;
  readonly target?: string;
  readonly stopLoss?: string;
  readonly stopLossLimit?: string;
}

/** No slippage, no volume limit, no collar: what the vectors of fills.md assume unless they say otherwise. */
export const PLAIN = {
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
} as const;

const CASH_ACCOUNT = { multiplier: '1', shortingEnabled: false } as const;
export const MARGIN_ACCOUNT = { multiplier: '2', shortingEnabled: true } as const;

export function tapeOf(
  tape: Scenario['tape'],
  start: EpochMs,
  actions: readonly CorporateAction[] = [],
): Tape {
  return createTape(
    '1Min',
    Object.entries(tape).map(([symbol, bars]) => ({ symbol, bars: columnsOf(minutes(bars, start)) })),
    actions,
  );
}

function minutes(bars: readonly (Ohlcv | null)[], start: EpochMs): Bar[] {
  return bars.flatMap((bar, index) => {
    if (bar === null) return [];
    const [open, high, low, close, volume = VOLUME] = bar;
    const time = start + index * MINUTE_MS;
    return [{ time, open, high, low, close, volume, vwap: Number.NaN, tradeCount: Number.NaN }];
  });
}

export function configurationOf(scenario: Scenario): SimulationConfiguration {
  const startTime = scenario.start ?? TEN_O_CLOCK;
  return {
    seed: 'scenario',
    instruments: Object.keys(scenario.tape)
      .sort()
      .map((symbol) => ({
        symbol,
        assetClass: 'us_equity',
        tradable: true,
        fractionable: true,
        marginable: true,
        maintenanceRate: null,
        shortable: true,
        easyToBorrow: true,
      })),
    startTime,
    endTime: scenario.end ?? startTime + 86_400_000,
    baseTimeframe: '1Min',
    initialCash: money(scenario.cash ?? '1000000'),
    hours: 'regular',
    quotes: { halfSpreadBasisPoints: ratio('1') },
    account: CASH_ACCOUNT,
    fees: { model: 'none' },
    regulation: { rules: 'none', washTrades: 'reject' },
    ...PLAIN,
    ...scenario.configuration,
  };
}

export class Market {
  readonly simulation: Simulation;
  readonly events: SimulationEvent[] = [];

  constructor(scenario: Scenario) {
    const configuration = configurationOf(scenario);
    this.simulation = Simulation.start(
      configuration,
      tapeOf(scenario.tape, configuration.startTime, scenario.actions),
    );
    this.do({ type: 'OpenAccount', cash: configuration.initialCash });
  }

  /** Applies a command; its rejection when it was refused. */
  do(command: Parameters<Simulation['apply']>[0]): Rejection | null {
    const { events, rejection } = this.simulation.apply(command);
    this.events.push(...events);
    return rejection;
  }

  place(side: Side, type: OrderType, words: OrderWords): Rejection | null {
    return this.do({ type: 'PlaceOrder', account: 0, terms: termsOf(side, type, words) });
  }

  cancel(order: number): Rejection | null {
    return this.do({ type: 'CancelOrder', account: 0, order });
  }

  advance(target: AdvanceTarget): void {
    const rejection = this.do({ type: 'AdvanceClock', target });
    if (rejection !== null) throw new Error(`expected the clock to move, found ${rejection.code}`);
  }

  /** `n` minutes on. */
  minutes(n: number): void {
    this.advance({ to: 'bars', bars: n });
  }

  /** What happened to orders, a line each: "#0 fill 5 @ 10 gap". */
  blotter(): string[] {
    return this.events.flatMap((event) => lineOf(event) ?? []);
  }

  /** Only the fills, without the order's number: "5 @ 10 gap". */
  fills(): string[] {
    return this.blotter()
      .filter((line) => line.includes(' fill '))
      .map((line) => line.replace(/^#\d+ fill /, ''));
  }

  cash(): string {
    return formatDecimal(this.simulation.account(0)?.cash ?? 0n);
  }
}

export function termsOf(side: Side, type: OrderType, words: OrderWords): OrderTerms {
  return {
    symbol: words.symbol ?? 'ACME',
    side,
    type,
    timeInForce: words.tif ?? 'day',
    quantity: words.qty === undefined ? null : quantity(words.qty),
    notional: words.notional === undefined ? null : money(words.notional),
    limitPrice: priceOrNull(words.limit),
    stopPrice: priceOrNull(words.stop),
    trailPrice: priceOrNull(words.trail),
    trailPercent: words.trailPercent === undefined ? null : ratio(words.trailPercent),
    extendedHours: words.extended ?? false,
    orderClass: words.orderClass ?? 'simple',
    takeProfit: words.target === undefined ? null : { limitPrice: price(words.target) },
    stopLoss:
      words.stopLoss === undefined
        ? null
        : { stopPrice: price(words.stopLoss), limitPrice: priceOrNull(words.stopLossLimit) },
    clientOrderId: words.id ?? null,
  };
}

function priceOrNull(text: string | undefined): Price | null {
  return text === undefined ? null : price(text);
}

function lineOf(event: SimulationEvent): string | null {
  switch (event.type) {
    case 'OrderAccepted':
      return `#${event.order} ${event.isHeld ? 'held' : 'new'}`;
    case 'OrderTriggered':
      return `#${event.order} triggered @ ${formatDecimal(event.price)}`;
    case 'OrderFilled': {
      const tags = event.tags.length === 0 ? '' : ` ${event.tags.join(' ')}`;
      return `#${event.order} fill ${formatDecimal(event.quantity)} @ ${formatDecimal(event.price)}${tags}`;
    }
    case 'OrderCanceled':
      return `#${event.order} canceled ${event.reason}`;
    case 'OrderExpired':
      return `#${event.order} expired`;
    case 'OrderActivated':
      return `#${event.order} live ${formatDecimal(event.quantity)}`;
    case 'OrderResized':
      return `#${event.order} resized ${formatDecimal(event.quantity)}`;
    case 'SplitApplied':
      return `${event.symbol} split ${formatDecimal(event.newShares)} for ${formatDecimal(event.oldShares)}`;
    case 'SymbolChanged':
      return `${event.symbol} is now ${event.to}`;
    case 'CashPosted':
      return `${event.activityType} ${formatDecimal(event.amount)}`;
    case 'MarginCalled':
      return `margin call ${formatDecimal(event.deficiency)}`;
    case 'OrderReplaced':
      return `#${event.order} replaced by #${event.by}`;
    default:
      return null;
  }
}
