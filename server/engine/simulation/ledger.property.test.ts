/** What holds for any account over a night with splits, dividends, fees, loans and short positions. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CorporateAction } from '../market/corporate-actions';
import { absolute, multiplyDivide, notional, type Money } from '../units/fixed-point';
import { money, price, quantity, ratio } from '../units/decimal';
import { fromJson, toJson } from './codec';
import type { Command } from './command';
import type { SimulationConfiguration } from './configuration';
import type { SimulationEvent } from './event';
import { BEFORE_THE_CLOSE, overnight } from './overnight.fixture';
import {
  configurationOf,
  MARGIN_ACCOUNT,
  tapeOf,
  termsOf,
  type Ohlcv,
  type Scenario,
} from './scenario.fixture';
import { Simulation } from './simulation';

const RUNS = Number(process.env['PADDOCK_PROPERTY_RUNS'] ?? 300);
const CASH = '6000';
const SYMBOLS = ['ACME', 'BETA'] as const;

const bar = (base: number): fc.Arbitrary<Ohlcv> =>
  fc
    .array(fc.integer({ min: base * 60, max: base * 140 }), { minLength: 4, maxLength: 4 })
    .map((cents): Ohlcv => {
      const [a = base, b = base, c = base, d = base] = cents.map((cent) => cent / 100);
      return [a, Math.max(a, b, c, d), Math.min(a, b, c, d), d, 400];
    });

const NEW_SHARES = { '4:1': ['4', '1', 25], '1:3': ['1', '3', 300], none: ['1', '1', 100] } as const;

interface Night {
  readonly scenario: Scenario;
  readonly split: CorporateAction | null;
}

const configuration: fc.Arbitrary<Partial<SimulationConfiguration>> = fc.record({
  account: fc.constantFrom({ multiplier: '1' as const, shortingEnabled: false }, MARGIN_ACCOUNT, {
    multiplier: '4' as const,
    shortingEnabled: true,
  }),
  fees: fc.constantFrom(
    { model: 'none' as const },
    { model: 'alpaca' as const },
    { model: 'per_share' as const, amount: money('0.01') },
    { model: 'basis_points' as const, basisPoints: ratio('5') },
  ),
  interest: fc.constant({ marginRate: ratio('0.0625'), borrowRate: ratio('0.03') }),
  regulation: fc.constantFrom(
    { rules: 'dated' as const, washTrades: 'allow' as const },
    { rules: 'none' as const, washTrades: 'reject' as const },
  ),
});

const night: fc.Arbitrary<Night> = fc
  .constantFrom('4:1' as const, '1:3' as const, 'none' as const)
  .chain((ratioOf) => {
    const [newShares, oldShares, morning] = NEW_SHARES[ratioOf];
    return fc
      .record({
        configuration,
        evening: fc.array(bar(100), { minLength: 2, maxLength: 2 }),
        ACME: fc.array(bar(morning), { minLength: 3, maxLength: 3 }),
        BETA: fc.array(bar(100), { minLength: 3, maxLength: 3 }),
      })
      .map(({ configuration: terms, evening, ACME, BETA }): Night => {
        const split = {
          symbol: 'ACME',
          exDate: '2024-03-13',
          kind: 'split' as const,
          newShares: quantity(newShares),
          oldShares: quantity(oldShares),
        };
        const dividend = {
          symbol: 'BETA',
          exDate: '2024-03-13',
          kind: 'cash_dividend' as const,
          cash: price('0.37'),
        };
        return {
          split: ratioOf === 'none' ? null : split,
          scenario: {
            cash: CASH,
            start: BEFORE_THE_CLOSE,
            end: BEFORE_THE_CLOSE + 3 * 86_400_000,
            tape: { ACME: overnight(evening, ACME), BETA: overnight(evening, BETA) },
            actions: ratioOf === 'none' ? [dividend] : [split, dividend],
            configuration: terms,
          },
        };
      });
  });

const place: fc.Arbitrary<Command> = fc
  .record({
    symbol: fc.constantFrom(...SYMBOLS),
    side: fc.constantFrom('buy' as const, 'sell' as const),
    type: fc.constantFrom('market' as const, 'market' as const, 'limit' as const, 'stop' as const),
    tif: fc.constantFrom('day' as const, 'gtc' as const),
    at: fc.integer({ min: 20, max: 320 }).map((dollars) => String(dollars)),
    qty: fc.integer({ min: 1, max: 60 }).map(String),
    isFamily: fc.boolean(),
  })
  .map(({ symbol, side, type, tif, at, qty, isFamily }) => {
    const exits = side === 'buy' ? { target: '350', stopLoss: '15' } : { target: '15', stopLoss: '350' };
    const words = {
      symbol,
      tif,
      qty,
      ...(isFamily && type !== 'stop' ? { orderClass: 'bracket' as const, ...exits } : {}),
    };
    const prices = type === 'limit' ? { limit: at } : type === 'stop' ? { stop: at } : {};
    return { type: 'PlaceOrder', account: 0, terms: termsOf(side, type, { ...words, ...prices }) };
  });

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: place },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(
        { to: 'bars' as const, bars: 1 },
        { to: 'next_event' as const },
        { to: 'open' as const },
        { to: 'close' as const },
        { to: 'duration' as const, durationMs: 30_000 },
      )
      .map((target): Command => ({ type: 'AdvanceClock', target })),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 0, max: 9 })
      .map((order): Command => ({ type: 'CancelOrder', account: 0, order })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...SYMBOLS)
      .map((symbol): Command => ({ type: 'ClosePosition', account: 0, symbol, amount: 'all' })),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: -3000, max: 3000 })
      .map((dollars): Command => ({ type: 'AdjustCash', account: 0, amount: money(String(dollars)) })),
  },
);
const commands = fc.array(command, { minLength: 1, maxLength: 20 });

function begin({ scenario }: Night): Simulation {
  const simulation = Simulation.start(configurationOf(scenario), tape(scenario));
  simulation.apply({ type: 'OpenAccount', cash: money(CASH) });
  return simulation;
}

const tape = (scenario: Scenario) => tapeOf(scenario.tape, BEFORE_THE_CLOSE, scenario.actions);

function check<T extends unknown[]>(name: string, property: fc.IPropertyWithHooks<T>): void {
  test(name, { timeout: 600_000 }, () => {
    fc.assert(property, { numRuns: RUNS });
  });
}

/** Cash and shares counted again from fills, postings and the split alone. */
function recount(events: readonly SimulationEvent[]): { cash: bigint; shares: Map<string, bigint> } {
  let cash: bigint = money(CASH);
  const shares = new Map<string, bigint>();
  for (const event of events) {
    if (event.type === 'CashPosted') cash += event.amount;
    if (event.type === 'SplitApplied') {
      const held = shares.get(event.symbol) ?? 0n;
      shares.set(event.symbol, multiplyDivide(held, event.newShares, event.oldShares, 'down'));
    }
    if (event.type !== 'OrderFilled') continue;
    const sign = event.side === 'buy' ? 1n : -1n;
    cash -= sign * notional(event.price, event.quantity);
    shares.set(event.symbol, (shares.get(event.symbol) ?? 0n) + sign * event.quantity);
  }
  return { cash, shares };
}

check(
  'cash, positions, postings and what orders hold add up after every command',
  fc.property(night, commands, (of, list) => {
    const simulation = begin(of);
    const events: SimulationEvent[] = [];
    for (const next of list) {
      events.push(...simulation.apply(next).events);
      const { cash, shares } = recount(events);
      const account = simulation.account(0);
      const open = simulation.openOrders(0);
      expect(account?.cash).toBe(cash);
      expect(account?.reserved).toBe(open.reduce((sum, entry) => sum + entry.reserved, 0n));
      expect((account?.buyingPower ?? -1n) >= 0n && (account?.cashWithdrawable ?? -1n) >= 0n).toBe(true);
      expect(account?.equity).toBe(
        cash + (account?.longMarketValue ?? 0n) + (account?.shortMarketValue ?? 0n),
      );
      for (const symbol of SYMBOLS) {
        const held = open
          .filter((entry) => entry.symbol === symbol)
          .reduce((sum, entry) => sum + entry.reservedQuantity, 0n);
        const position = simulation.position(0, symbol);
        const size = position?.quantity ?? quantity('0');
        expect(size).toBe(shares.get(symbol) ?? 0n);
        expect(held <= absolute(size) && held === (position?.heldQuantity ?? 0n)).toBe(true);
        if (simulation.configuration.account.multiplier === '1') expect(size >= 0n).toBe(true);
        if (position !== undefined) expect(position.costBasis >= 0n === size > 0n).toBe(true);
      }
    }
  }),
);

check(
  'folding the log, and going on from a snapshot, equal having lived it',
  fc.property(night, commands, (of, list) => {
    const live = begin(of);
    const events: SimulationEvent[] = [
      { type: 'AccountOpened', at: BEFORE_THE_CLOSE, account: 0, cash: money(CASH) },
    ];
    let resumed: Simulation | null = null;
    list.forEach((next, index) => {
      if (index === Math.floor(list.length / 2)) {
        const { state } = live.snapshot();
        resumed = Simulation.restore(
          configurationOf(of.scenario),
          tape(of.scenario),
          JSON.parse(JSON.stringify(state)),
        );
      }
      const outcome = live.apply(next);
      events.push(...outcome.events);
      if (resumed !== null) expect(resumed.apply(next)).toEqual(outcome);
    });
    const folded = Simulation.start(configurationOf(of.scenario), tape(of.scenario));
    folded.fold(fromJson<SimulationEvent[]>(JSON.parse(JSON.stringify(events.map(toJson)))));
    for (const other of [folded, resumed as Simulation | null]) {
      if (other === null) continue;
      expect(other.snapshot()).toEqual(live.snapshot());
      expect(other.account(0)).toEqual(live.account(0));
    }
  }),
);

check(
  'how the clock goes through the night does not matter',
  fc.property(night, fc.array(place, { minLength: 1, maxLength: 8 }), (of, list) => {
    const run = (hours: readonly number[]): string => {
      const simulation = begin(of);
      simulation.apply({ type: 'AdvanceClock', target: { to: 'bars', bars: 1 } });
      for (const next of list) simulation.apply(next);
      for (const step of hours)
        simulation.apply({ type: 'AdvanceClock', target: { to: 'duration', durationMs: step * 3_600_000 } });
      return simulation.runHash();
    };
    const once = run([24]);
    expect(run(Array<number>(24).fill(1))).toBe(once);
    expect(run([9, 0.5, 8.5, 6])).toBe(once);
  }),
);

check(
  'a split changes nobody’s equity, fees and interest apart',
  fc.property(night, fc.array(place, { minLength: 1, maxLength: 6 }), (of, list) => {
    fc.pre(of.split !== null);
    const simulation = begin({
      ...of,
      scenario: { ...of.scenario, actions: of.split === null ? [] : [of.split] },
    });
    simulation.apply({ type: 'AdvanceClock', target: { to: 'bars', bars: 1 } });
    for (const next of list) simulation.apply(next);
    simulation.apply({ type: 'AdvanceClock', target: { to: 'close' } });
    const worth = (): bigint =>
      simulation
        .activities(0)
        .reduce<bigint>((sum, { amount }) => sum - amount, simulation.account(0)?.equity ?? 0n);
    const before = worth();
    simulation.apply({ type: 'AdvanceClock', target: { to: 'duration', durationMs: 10 * 3_600_000 } });
    // What a share's billionth part is worth is lost in thirds.
    expect(absolute((worth() - before) as Money) < money('0.000001')).toBe(true);
  }),
);
