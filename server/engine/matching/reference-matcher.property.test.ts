/** The engine, with all its indexes, agrees with a matcher that moves price cent by cent and asks everybody. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ratio } from '../units/decimal';
import { Market, type Ohlcv, type OrderWords } from '../simulation/scenario.fixture';
import { matchPlainly, type PlainBar, type PlainFill, type PlainOrder } from './reference-matcher.fixture';

const RUNS = Number(process.env['PADDOCK_PROPERTY_RUNS'] ?? 400);
const BARS = 10;
const cents = fc.integer({ min: 9_850, max: 10_150 });

/** Unequal distances from the open to both extremes: what an even bar does depends on the whole account. */
const bar = fc
  .tuple(cents, cents, cents, cents, fc.integer({ min: 0, max: 300 }))
  .map(([open, a, b, close, volume]): PlainBar => {
    const high = Math.max(open, a, b, close);
    const low = Math.min(open, a, b, close);
    return { open, high: high - open === open - low ? high + 1 : high, low, close, volume };
  });

const order: fc.Arbitrary<PlainOrder> = fc
  .record({
    side: fc.constantFrom('buy' as const, 'sell' as const),
    type: fc.constantFrom('market', 'limit', 'stop', 'stop_limit', 'trailing_stop', 'bracket'),
    quantity: fc.integer({ min: 1, max: 30 }),
    limit: cents,
    stop: cents,
    trail: fc.integer({ min: 5, max: 80 }),
    from: fc.integer({ min: 1, max: BARS - 2 }),
    gap: fc.integer({ min: 10, max: 80 }),
  })
  .map(({ side, type, quantity, limit, stop, trail, from, gap }) => {
    const none = { side, quantity, from, limit: null, stop: null, trail: null, exits: null };
    switch (type) {
      case 'limit':
        return { ...none, type, limit };
      case 'stop':
        return { ...none, type, stop };
      case 'stop_limit':
        return { ...none, type, limit, stop };
      case 'trailing_stop':
        return { ...none, type, trail };
      case 'bracket':
        return {
          ...none,
          side: 'buy' as const,
          type: 'limit' as const,
          limit,
          exits: { target: limit + gap, stop: limit - gap },
        };
      default:
        return { ...none, type: 'market' as const };
    }
  });

const dollars = (value: number): string => (value / 100).toFixed(2);

function wordsOf(plain: PlainOrder): OrderWords {
  return {
    qty: String(plain.quantity),
    tif: 'gtc',
    ...(plain.limit === null ? {} : { limit: dollars(plain.limit) }),
    ...(plain.stop === null ? {} : { stop: dollars(plain.stop) }),
    ...(plain.trail === null ? {} : { trail: dollars(plain.trail) }),
    ...(plain.exits === null
      ? {}
      : { orderClass: 'bracket', target: dollars(plain.exits.target), stopLoss: dollars(plain.exits.stop) }),
  };
}

/** The engine's fills of the orders that it took, and those orders as it saw them. */
function live(bars: readonly PlainBar[], orders: readonly PlainOrder[], rate: string | null) {
  const tape = bars.map((plain): Ohlcv => [
    plain.open / 100,
    plain.high / 100,
    plain.low / 100,
    plain.close / 100,
    plain.volume,
  ]);
  const market = new Market({
    cash: '100000000',
    tape: { ACME: tape },
    configuration: {
      regulation: { rules: 'none', washTrades: 'allow' },
      volume:
        rate === null
          ? { model: 'unlimited' }
          : { model: 'participation', rate: ratio(rate), scope: 'account' },
    },
  });
  market.place('buy', 'market', { qty: '100000', tif: 'gtc' });
  market.minutes(1);
  const taken: PlainOrder[] = [];
  const names = new Map<number, string>();
  for (let minute = 1; minute < bars.length; minute++) {
    for (const plain of orders.filter((candidate) => candidate.from === minute)) {
      const ordinal = market.simulation.orders(0).length;
      if (market.place(plain.side, plain.type, wordsOf(plain)) !== null) continue;
      names.set(ordinal, String(taken.length)).set(ordinal + 1, `${taken.length}t`);
      if (plain.exits === null) names.delete(ordinal + 1);
      else names.set(ordinal + 2, `${taken.length}s`);
      taken.push(plain);
    }
    market.minutes(1);
  }
  const fills = market.simulation.fills(0).flatMap((fill): PlainFill[] => {
    const name = names.get(fill.order);
    const minute = bars.findIndex(
      (_, index) => market.simulation.configuration.startTime + index * 60_000 === fill.barTime,
    );
    const at = {
      bar: minute,
      price: Number(fill.price / 10_000_000n),
      quantity: Number(fill.quantity / 1_000_000_000n),
    };
    return name === undefined ? [] : [{ ...at, order: name }];
  });
  return { taken, fills };
}

const sorted = (fills: readonly PlainFill[]): string[] =>
  fills.map((fill) => `${fill.bar} #${fill.order} ${fill.quantity} @ ${fill.price}`).sort();

test.each([null, '0.1'])(
  'over random bars and orders, with a participation of %s',
  { timeout: 600_000 },
  (rate) => {
    fc.assert(
      fc.property(
        fc.array(bar, { minLength: BARS, maxLength: BARS }),
        fc.array(order, { minLength: 1, maxLength: 5 }),
        (bars, orders) => {
          // The first bar only funds the position that sells come from.
          const all = [{ ...(bars[0] as PlainBar), volume: 10_000_000 }, ...bars.slice(1)];
          const { taken, fills } = live(all, orders, rate);
          expect(sorted(fills)).toEqual(
            sorted(matchPlainly(all, taken, rate === null ? null : Number(rate))),
          );
        },
      ),
      { numRuns: RUNS },
    );
  },
);
