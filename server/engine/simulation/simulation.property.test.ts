/** What holds for any orders over any tape: money adds up, nothing is foreseen, and the log tells it all again. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { absolute, BILLION, notional, type Quantity } from '../units/fixed-point';
import { fromFloat, money, price, quantity, ratio } from '../units/decimal';
import { MINUTE_MS } from '../units/time';
import type { Command } from './command';
import type { SimulationConfiguration } from './configuration';
import type { SimulationEvent } from './event';
import { fromJson, toJson } from './codec';
import { configurationOf, tapeOf, TEN_O_CLOCK, termsOf, type Ohlcv, type Scenario } from './scenario.fixture';
import { Simulation } from './simulation';

const RUNS = Number(process.env['PADDOCK_PROPERTY_RUNS'] ?? 400);
const CASH = '5000';
const SYMBOLS = ['ACME', 'BETA'] as const;

const cents = (low: number, high: number): fc.Arbitrary<number> =>
  fc.integer({ min: low * 100, max: high * 100 }).map((value) => value / 100);

const bar: fc.Arbitrary<Ohlcv | null> = fc.option(
  fc
    .tuple(cents(95, 105), cents(95, 105), cents(95, 105), cents(95, 105), fc.integer({ min: 0, max: 400 }))
    .map(([a, b, c, d, volume]): Ohlcv => [a, Math.max(a, b, c, d), Math.min(a, b, c, d), d, volume]),
  { freq: 5 },
);

const bars = fc.array(bar, { minLength: 12, maxLength: 12 });

const configuration: fc.Arbitrary<Partial<SimulationConfiguration>> = fc.record({
  account: fc.constantFrom(
    { multiplier: '1' as const, shortingEnabled: false },
    { multiplier: '2' as const, shortingEnabled: true },
    { multiplier: '4' as const, shortingEnabled: true },
  ),
  fill: fc.record({
    arrival: fc.constantFrom('open', 'deferred'),
    intrabar: fc.constantFrom('pessimistic', 'optimistic', 'nearest', 'ohlc', 'olhc', 'seeded', 'worst_case'),
    limit: fc.constantFrom(
      { rule: 'touch' as const },
      { rule: 'through' as const },
      { rule: 'ticks' as const, ticks: 3 },
    ),
    collar: fc.constantFrom('alpaca', 'none'),
    trail: fc.constantFrom('path', 'bar_close'),
    legs: fc.constantFrom('parent_filled', 'filled_part'),
  }),
  slippage: fc.constantFrom(
    { model: 'none' as const },
    { model: 'range_fraction' as const, fraction: ratio('0.1') },
    { model: 'basis_points' as const, basisPoints: ratio('7') },
    { model: 'ticks' as const, ticks: 2 },
  ),
  volume: fc.constantFrom(
    { model: 'unlimited' as const },
    { model: 'participation' as const, rate: ratio('0.1'), scope: 'account' as const },
  ),
});

const text = (value: fc.Arbitrary<number>): fc.Arbitrary<string> => value.map((number) => number.toFixed(2));

const place: fc.Arbitrary<Command> = fc
  .record({
    symbol: fc.constantFrom(...SYMBOLS),
    side: fc.constantFrom('buy' as const, 'sell' as const),
    type: fc.constantFrom('market' as const, 'limit' as const, 'stop' as const, 'stop_limit' as const),
    tif: fc.constantFrom('day' as const, 'gtc' as const, 'ioc' as const, 'fok' as const),
    limit: text(cents(94, 106)),
    stop: text(cents(94, 106)),
    amount: fc.oneof(
      fc.integer({ min: 1, max: 40 }).map((qty) => ({ qty: String(qty) })),
      fc.integer({ min: 1, max: 400 }).map((qty) => ({ qty: (qty / 100).toFixed(2) })),
      fc.integer({ min: 1, max: 900 }).map((dollars) => ({ notional: String(dollars) })),
    ),
  })
  .map(({ symbol, side, type, tif, limit, stop, amount }) => ({
    type: 'PlaceOrder',
    account: 0,
    terms: termsOf(side, type, {
      symbol,
      tif,
      ...amount,
      ...(type === 'limit' || type === 'stop_limit' ? { limit } : {}),
      ...(type === 'stop' || type === 'stop_limit' ? { stop } : {}),
    }),
  }));

const order = fc.integer({ min: 0, max: 12 });
const advance: fc.Arbitrary<Command> = fc
  .oneof(
    fc.integer({ min: 1, max: 4 }).map((count) => ({ to: 'bars' as const, bars: count })),
    fc.constant({ to: 'next_event' as const }),
    fc
      .integer({ min: 1, max: 150 })
      .map((seconds) => ({ to: 'duration' as const, durationMs: seconds * 1000 })),
  )
  .map((target) => ({ type: 'AdvanceClock', target }));

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 5, arbitrary: place },
  { weight: 4, arbitrary: advance },
  {
    weight: 1,
    arbitrary: order.map((ordinal): Command => ({ type: 'CancelOrder', account: 0, order: ordinal })),
  },
  {
    weight: 1,
    arbitrary: fc.record({ order, limit: text(cents(94, 106)) }).map((words): Command => ({
      type: 'ReplaceOrder',
      account: 0,
      order: words.order,
      changes: {
        quantity: null,
        limitPrice: price(words.limit),
        stopPrice: null,
        trailOffset: null,
        timeInForce: null,
        clientOrderId: null,
      },
    })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...SYMBOLS)
      .map((symbol): Command => ({ type: 'ClosePosition', account: 0, symbol, amount: 'all' })),
  },
);

const scenario = fc
  .record({ configuration, ACME: bars, BETA: bars })
  .map(({ configuration: terms, ACME, BETA }): Scenario => ({
    cash: CASH,
    tape: { ACME, BETA },
    configuration: terms,
  }));
const commands = fc.array(command, { minLength: 1, maxLength: 25 });

function begin(of: Scenario): Simulation {
  const simulation = Simulation.start(configurationOf(of), tapeOf(of.tape, TEN_O_CLOCK));
  simulation.apply({ type: 'OpenAccount', cash: money(CASH) });
  return simulation;
}

function check<T extends unknown[]>(name: string, property: fc.IPropertyWithHooks<T>): void {
  test(name, { timeout: 600_000 }, () => {
    fc.assert(property, { numRuns: RUNS });
  });
}

/** Cash and shares counted again from the fills alone. */
function recount(simulation: Simulation): { cash: bigint; quantities: Map<string, bigint> } {
  let cash: bigint = money(CASH);
  const quantities = new Map<string, bigint>();
  for (const fill of simulation.fills(0)) {
    const sign = fill.side === 'buy' ? 1n : -1n;
    cash -= sign * notional(fill.price, fill.quantity);
    quantities.set(fill.symbol, (quantities.get(fill.symbol) ?? 0n) + sign * fill.quantity);
  }
  return { cash, quantities };
}

check(
  'cash, positions and reservations add up after every command, and nothing is negative that must not be',
  fc.property(scenario, commands, (of, list) => {
    const simulation = begin(of);
    for (const next of list) {
      simulation.apply(next);
      const account = simulation.account(0);
      const open = simulation.openOrders(0);
      const { cash, quantities } = recount(simulation);
      expect(account?.cash).toBe(cash);
      expect(account?.reserved).toBe(open.reduce((sum, entry) => sum + entry.reserved, 0n));
      expect((account?.reserved ?? -1n) >= 0n && (account?.buyingPower ?? -1n) >= 0n).toBe(true);
      const isCashAccount = simulation.configuration.account.multiplier === '1';
      if (isCashAccount) expect(cash >= (account?.reserved ?? 0n)).toBe(true);
      for (const symbol of SYMBOLS) {
        const position = simulation.position(0, symbol);
        const held = open
          .filter((entry) => entry.symbol === symbol)
          .reduce((sum, entry) => sum + entry.reservedQuantity, 0n);
        expect(position?.quantity ?? 0n).toBe(quantities.get(symbol) ?? 0n);
        expect(absolute(position?.quantity ?? (0n as Quantity)) >= held).toBe(true);
        if (isCashAccount) expect((position?.quantity ?? 0n) >= 0n).toBe(true);
        expect(position?.heldQuantity ?? held).toBe(held);
      }
      for (const entry of simulation.orders(0)) {
        if (entry.quantity !== null) expect(entry.filledQuantity <= entry.quantity).toBe(true);
      }
    }
  }),
);

check(
  'every fill lies in its bar, is no worse than its limit, comes after its acceptance and within its volume',
  fc.property(scenario, commands, (of, list) => {
    const simulation = begin(of);
    for (const next of list) simulation.apply(next);
    const tape = tapeOf(of.tape, TEN_O_CLOCK);
    const closed = new Map<string, bigint>();
    for (const fill of simulation.fills(0)) {
      const source = tape.of(fill.symbol);
      const index = source?.openingAt(fill.barTime) ?? -1;
      const entry = simulation.order(fill.order);
      if (source === undefined || entry === undefined || index < 0)
        throw new Error('a fill without a bar or order');
      expect(fill.barTime >= entry.acceptedAt).toBe(true);
      expect(fill.quantity > 0n).toBe(true);
      if (entry.limitPrice !== null) {
        expect(fill.side === 'buy' ? fill.price <= entry.limitPrice : fill.price >= entry.limitPrice).toBe(
          true,
        );
      }
      if (fill.at === fill.barTime) continue;
      const [low, high] = [fromFloat(source.bars.low[index] ?? 0), fromFloat(source.bars.high[index] ?? 0)];
      expect(fill.price >= low && fill.price <= high).toBe(true);
      const key = `${fill.symbol} ${fill.barTime}`;
      closed.set(key, (closed.get(key) ?? 0n) + fill.quantity);
      if (simulation.configuration.volume.model === 'unlimited') continue;
      const traded = fromFloat(source.bars.volume[index] ?? 0);
      const budget = traded === 0n ? 0n : traded / 10n - ((traded / 10n) % BILLION);
      expect((closed.get(key) ?? 0n) <= (budget > BILLION || traded === 0n ? budget : BILLION)).toBe(true);
    }
  }),
);

check(
  'folding the log, and going on from a snapshot, equal having lived it',
  fc.property(scenario, commands, (of, list) => {
    const live = begin(of);
    const events: SimulationEvent[] = [
      { type: 'AccountOpened', at: TEN_O_CLOCK, account: 0, cash: money(CASH) },
    ];
    const half = Math.floor(list.length / 2);
    let resumed: Simulation | null = null;
    list.forEach((next, index) => {
      if (index === half) {
        const text = JSON.stringify(live.snapshot().state);
        resumed = Simulation.restore(configurationOf(of), tapeOf(of.tape, TEN_O_CLOCK), JSON.parse(text));
      }
      const outcome = live.apply(next);
      events.push(...outcome.events);
      if (resumed !== null) expect(resumed.apply(next)).toEqual(outcome);
    });
    const folded = Simulation.start(configurationOf(of), tapeOf(of.tape, TEN_O_CLOCK));
    folded.fold(fromJson<SimulationEvent[]>(JSON.parse(JSON.stringify(events.map(toJson)))));
    for (const other of [folded, resumed as Simulation | null]) {
      if (other === null) continue;
      expect(other.snapshot()).toEqual(live.snapshot());
      expect(other.account(0)).toEqual(live.account(0));
    }
  }),
);

check(
  'how the clock moved does not matter: bar by bar or at once gives the same run hash',
  fc.property(scenario, fc.array(place, { minLength: 1, maxLength: 8 }), (of, list) => {
    const run = (steps: readonly number[]): string => {
      const simulation = begin(of);
      simulation.apply({ type: 'AdvanceClock', target: { to: 'bars', bars: 2 } });
      for (const next of list) simulation.apply(next);
      for (const step of steps)
        simulation.apply({ type: 'AdvanceClock', target: { to: 'bars', bars: step } });
      return simulation.runHash();
    };
    const once = run([12]);
    expect(run(Array<number>(12).fill(1))).toBe(once);
    expect(run([5, 7])).toBe(once);
  }),
);

check(
  'no look-ahead: tapes equal up to now give the same events up to now',
  fc.property(
    fc.tuple(scenario, bars, bars).map(([of, ACME, BETA]) => [of, { ACME, BETA }] as const),
    commands,
    ([of, others], list) => {
      const cut = 6;
      const changed: Scenario = {
        ...of,
        // What is known up to T includes the existence and the open of the bar that starts at T.
        tape: Object.fromEntries(
          SYMBOLS.map((symbol) => [
            symbol,
            [
              ...(of.tape[symbol] ?? []).slice(0, cut),
              ...reopened(of.tape[symbol]?.[cut], others[symbol][cut]),
              ...others[symbol].slice(cut + 1),
            ],
          ]),
        ),
      };
      const [first, second] = [begin(of), begin(changed)];
      for (const next of list) {
        const before = first.now;
        const outcome = first.apply(next);
        if (first.now > TEN_O_CLOCK + cut * MINUTE_MS) return;
        expect(second.apply(next)).toEqual(outcome);
        expect(second.now >= before).toBe(true);
        expect(second.account(0)).toEqual(first.account(0));
        for (const symbol of SYMBOLS) expect(second.quote(symbol)).toEqual(first.quote(symbol));
      }
    },
  ),
);

/** The other bar, but with this one's existence and open. */
function reopened(own: Ohlcv | null | undefined, other: Ohlcv | null | undefined): (Ohlcv | null)[] {
  if (own === null || own === undefined) return [null];
  const [, high, low, close, volume] = other ?? own;
  return [[own[0], Math.max(own[0], high), Math.min(own[0], low), close, volume]];
}

test('a fraction of a share costs its part', () => {
  expect(notional(price('100'), quantity('0.5'))).toBe(money('50'));
});
