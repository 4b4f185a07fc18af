/** The vectors of the fill policy, word for word (docs/fills.md lists them with the rule that each one shows). */
import { describe, expect, test } from 'vitest';
import { price, quantity, ratio } from '../units/decimal';
import { fromJson, toJson } from './codec';
import type { SimulationEvent } from './event';
import { configurationOf, Market, PLAIN, tapeOf, TEN_O_CLOCK, type Ohlcv } from './scenario.fixture';
import { Simulation } from './simulation';

const iso = (time: number): string => new Date(time).toISOString().slice(0, 16) + 'Z';
const at = (time: string): number => Date.parse(time);
const FLAT: Ohlcv = [100, 100, 100, 100];
const deferred = { ...PLAIN.fill, arrival: 'deferred' } as const;
const tenPercentOfRange = { model: 'range_fraction', fraction: ratio('0.1') } as const;
const onePercent = { model: 'participation', rate: ratio('0.01'), scope: 'account' } as const;

describe('vector 1: a market order takes the next open, worsened by slippage', () => {
  const bar: Ohlcv = [150, 155, 145, 152];
  const trade = (
    side: 'buy' | 'sell',
    bars: Ohlcv[],
    slippage: typeof tenPercentOfRange | { model: 'none' },
  ) => {
    const market = new Market({ tape: { ACME: bars }, configuration: { fill: deferred, slippage } });
    if (side === 'sell') {
      market.place('buy', 'limit', { qty: '1', limit: '200' });
      market.minutes(1);
    }
    market.place(side, 'market', { qty: '1' });
    market.minutes(1);
    return market.fills().at(-1);
  };

  test('150 without slippage', () => expect(trade('buy', [bar], { model: 'none' })).toBe('1 @ 150'));
  test('151 with a tenth of the range, a sell 149', () => {
    expect(trade('buy', [bar], tenPercentOfRange)).toBe('1 @ 151');
    expect(trade('sell', [FLAT, bar], tenPercentOfRange)).toBe('1 @ 149');
  });
  test('the open itself where the range is nothing', () => {
    expect(trade('buy', [FLAT], tenPercentOfRange)).toBe('1 @ 100');
  });
});

describe('vector 2: a buy limit at 148', () => {
  const meets = (bar: Ohlcv, rule: 'touch' | 'through' = 'touch') => {
    const market = new Market({
      tape: { ACME: [bar] },
      configuration: { fill: { ...PLAIN.fill, limit: { rule } } },
    });
    market.place('buy', 'limit', { qty: '1', limit: '148' });
    market.minutes(1);
    return market.fills();
  };

  test('inside the bar: 148', () => expect(meets([149, 150, 147, 148])).toEqual(['1 @ 148']));
  test('open already below: the open', () => expect(meets([146, 149, 145, 148])).toEqual(['1 @ 146 gap']));
  test('low exactly at the limit: 148, touched only', () => {
    expect(meets([149, 150, 148, 149])).toEqual(['1 @ 148 touch_only']);
  });
  test('a bar that opens better than a limit which wants three ticks more fills inside itself', () => {
    const market = new Market({
      tape: { ACME: [[147.98, 147.98, 145, 146]] },
      configuration: { fill: { ...PLAIN.fill, limit: { rule: 'ticks', ticks: 3 } } },
    });
    market.place('buy', 'limit', { qty: '1', limit: '148' });
    market.minutes(1);
    expect(market.fills()).toEqual(['1 @ 147.98']);
  });
  test('low exactly at the limit under `through`: none', () => {
    expect(meets([149, 150, 148, 149], 'through')).toEqual([]);
    expect(meets([148, 150, 148, 149], 'through')).toEqual([]);
    expect(meets([149, 150, 147, 148], 'through')).toEqual(['1 @ 148']);
  });
});

describe('vector 3: stops', () => {
  const sellStop = (bar: Ohlcv) => {
    const market = new Market({ tape: { ACME: [[102, 102, 102, 102], bar] } });
    market.place('buy', 'market', { qty: '1' });
    market.place('sell', 'stop', { qty: '1', stop: '100' });
    market.minutes(2);
    return market.fills().slice(1);
  };
  const buyStop = (bar: Ohlcv) => {
    const market = new Market({ tape: { ACME: [null, bar] } });
    market.place('buy', 'stop', { qty: '1', stop: '100' });
    market.minutes(2);
    return market.fills();
  };

  test('a sell stop at 100 inside the bar: 100', () => {
    expect(sellStop([102, 103, 98, 99])).toEqual(['1 @ 100']);
  });
  test('a sell stop through at the open: the open, a gap', () => {
    expect(sellStop([90, 95, 88, 91])).toEqual(['1 @ 90 gap']);
  });
  test('a buy stop mirrors both', () => {
    expect(buyStop([98, 102, 97, 101])).toEqual(['1 @ 100']);
    expect(buyStop([110, 112, 105, 109])).toEqual(['1 @ 110 gap']);
  });
});

describe('vector 4: stop limits', () => {
  const first: Ohlcv = [99, 101.5, 98.8, 101];
  test('buy stop 100 limit 100.25: 100 on both paths', () => {
    const market = new Market({ tape: { ACME: [null, first] } });
    market.place('buy', 'stop_limit', { qty: '1', stop: '100', limit: '100.25' });
    market.minutes(2);
    expect(market.blotter()).toEqual(['#0 new', '#0 triggered @ 100', '#0 fill 1 @ 100']);
  });
  test('buy stop 100 limit 99.5: ambiguous, pessimistic rests, the next bar fills it for certain', () => {
    const market = new Market({ tape: { ACME: [null, first, [100.6, 100.9, 99.4, 100]] } });
    market.place('buy', 'stop_limit', { qty: '1', stop: '100', limit: '99.5' });
    market.minutes(2);
    expect(market.blotter()).toEqual(['#0 new', '#0 triggered @ 100']);
    market.minutes(1);
    expect(market.fills()).toEqual(['1 @ 99.5']);
  });
  test('the optimistic reading of the same bar fills and says that it is ambiguous', () => {
    const fill = { ...PLAIN.fill, intrabar: 'optimistic' } as const;
    const market = new Market({ tape: { ACME: [null, first] }, configuration: { fill } });
    market.place('buy', 'stop_limit', { qty: '1', stop: '100', limit: '99.5' });
    market.minutes(2);
    expect(market.fills()).toEqual(['1 @ 99.5 ambiguous']);
  });
});

describe('vector 5: long 100 at 100, target 105, stop 95', () => {
  const exits = (bar: Ohlcv, intrabar: 'pessimistic' | 'optimistic' = 'pessimistic') => {
    const market = new Market({
      tape: { ACME: [FLAT, bar] },
      configuration: { fill: { ...PLAIN.fill, intrabar } },
    });
    market.place('buy', 'market', { qty: '100' });
    market.place('sell', 'limit', { qty: '100', orderClass: 'oco', target: '105', stopLoss: '95' });
    market.minutes(2);
    return market.fills().slice(1);
  };

  test('bar 100/106/94/101: ambiguous, 95 pessimistic, 105 optimistic', () => {
    expect(exits([100, 106, 94, 101])).toEqual(['100 @ 95 ambiguous']);
    expect(exits([100, 106, 94, 101], 'optimistic')).toEqual(['100 @ 105 ambiguous']);
  });
  test('bar 106/107/94/95: the target at 106, a gap, certain', () => {
    expect(exits([106, 107, 94, 95])).toEqual(['100 @ 106 gap']);
  });
  test('bar 100/106/96/101: 105, certain', () => expect(exits([100, 106, 96, 101])).toEqual(['100 @ 105']));
});

describe('vector 6: brackets on one bar', () => {
  const bracket = (
    bar: Ohlcv,
    entry: 'stop' | 'limit',
    intrabar: 'pessimistic' | 'worst_case' = 'pessimistic',
  ) => {
    const market = new Market({
      tape: { ACME: [FLAT, bar] },
      configuration: { fill: { ...PLAIN.fill, intrabar } },
    });
    market.minutes(1);
    if (entry === 'stop') {
      market.place('buy', 'stop', {
        qty: '1',
        stop: '101',
        orderClass: 'bracket',
        target: '103',
        stopLoss: '99',
      });
    } else {
      market.place('buy', 'limit', {
        qty: '1',
        limit: '99',
        orderClass: 'bracket',
        target: '103.5',
        stopLoss: '97',
      });
    }
    market.minutes(1);
    return market;
  };

  test('stop entry 101, bar 100/104/99.5/103: 101, then 103, certain', () => {
    expect(bracket([100, 104, 99.5, 103], 'stop').fills()).toEqual(['1 @ 101', '1 @ 103']);
  });
  test('bar 100/104/98/103: the same, a zigzag is possible; in the worst case 99', () => {
    expect(bracket([100, 104, 98, 103], 'stop').fills()).toEqual([
      '1 @ 101 zigzag_possible',
      '1 @ 103 zigzag_possible',
    ]);
    expect(bracket([100, 104, 98, 103], 'stop', 'worst_case').fills()).toEqual([
      '1 @ 101',
      '1 @ 99 worst_case',
    ]);
  });
  test('limit entry 99, bar 100/104/98/103: entry certain, target on one path only, stays open', () => {
    const market = bracket([100, 104, 98, 103], 'limit');
    expect(market.fills()).toEqual(['1 @ 99']);
    expect(market.simulation.openOrders(0).map((order) => order.ordinal)).toEqual([1, 2]);
  });
});

describe('vector 7: a trailing sell of 2 % from a mark of 100', () => {
  test('bar 102/104/101/103: ambiguous, pessimistic out at 101.92', () => {
    const market = new Market({ tape: { ACME: [FLAT, [102, 104, 101, 103]] } });
    market.place('buy', 'market', { qty: '1' });
    market.minutes(1);
    market.place('sell', 'trailing_stop', { qty: '1', trailPercent: '2' });
    market.minutes(1);
    expect(market.fills()).toEqual(['1 @ 100', '1 @ 101.92 ambiguous']);
    expect(market.simulation.order(1)?.highWaterMark).toBe(price('104'));
  });
});

describe('vector 8: participation of 1 %', () => {
  const configuration = { fill: deferred, volume: onePercent };
  const bars = (volume: number): Ohlcv[] => [1, 2, 3, 4].map(() => [100, 100, 100, 100, volume]);

  test('250 over volume 10,000: 100, 100, 50 over three bars', () => {
    const market = new Market({ tape: { ACME: bars(10_000) }, configuration });
    market.place('buy', 'market', { qty: '250' });
    market.minutes(4);
    expect(market.fills()).toEqual(['100 @ 100', '100 @ 100', '50 @ 100']);
  });
  test('two orders of 80 in one bar: 80, then 20', () => {
    const market = new Market({ tape: { ACME: bars(10_000) }, configuration });
    market.place('buy', 'market', { qty: '80' });
    market.place('buy', 'market', { qty: '80' });
    market.minutes(1);
    expect(market.blotter().slice(2)).toEqual(['#0 fill 80 @ 100', '#1 fill 20 @ 100']);
  });
  test('volume 0: none; volume 50: 1 share', () => {
    for (const [volume, fills] of [
      [0, []],
      [50, ['1 @ 100']],
    ] as const) {
      const market = new Market({ tape: { ACME: bars(volume) }, configuration });
      market.place('buy', 'market', { qty: '10' });
      market.minutes(1);
      expect(market.fills()).toEqual(fills);
    }
  });
});

describe('vector 9: which open an order may use', () => {
  const tape = {
    ACME: [FLAT, [101, 101, 101, 101] as Ohlcv, ...Array<null>(13).fill(null), [115, 115, 115, 115] as Ohlcv],
  };
  test('accepted 10:00:00: the open of 10:00, in the answer itself', () => {
    const market = new Market({ tape });
    market.place('buy', 'market', { qty: '1' });
    expect(market.fills()).toEqual(['1 @ 100']);
  });
  test('accepted 10:00:01: the open of 10:01', () => {
    const market = new Market({ tape });
    market.advance({ to: 'duration', durationMs: 1_000 });
    market.place('buy', 'market', { qty: '1' });
    market.minutes(2);
    expect(market.fills()).toEqual(['1 @ 101']);
  });
  test('bars 10:01 to 10:14 missing: the open of 10:15', () => {
    const gap = { ACME: [FLAT, ...Array<null>(14).fill(null), [115, 115, 115, 115] as Ohlcv] };
    const market = new Market({ tape: gap });
    market.minutes(1);
    market.place('buy', 'market', { qty: '1' });
    market.minutes(14);
    expect(market.fills()).toEqual([]);
    market.minutes(1);
    expect(market.fills()).toEqual(['1 @ 115']);
  });
});

describe('vector 10: when a day order ends', () => {
  const endsAt = (placed: string) => {
    const start = at(placed);
    const market = new Market({ tape: { ACME: [] }, start, end: start + 5 * 86_400_000 });
    market.place('buy', 'limit', { qty: '1', limit: '10' });
    market.advance({ to: 'end' });
    const expired = market.events.find((event) => event.type === 'OrderExpired');
    return iso(expired?.at ?? 0);
  };
  test('13:00 New York on the half days 2024-11-29 and 2024-07-03', () => {
    expect(endsAt('2024-11-29T15:00Z')).toBe('2024-11-29T18:00Z');
    expect(endsAt('2024-07-03T15:00Z')).toBe('2024-07-03T17:00Z');
  });
  test('the next session when the exchange is closed, as on 2024-01-15', () => {
    expect(endsAt('2024-01-15T16:00Z')).toBe('2024-01-16T21:00Z');
  });
  test('an order at 16:00:00 belongs to tomorrow', () => {
    expect(endsAt('2024-03-12T20:00Z')).toBe('2024-03-13T20:00Z');
  });
  test('sessions after the clock changes open at 13:30Z and 14:30Z', () => {
    for (const [from, opens] of [
      ['2024-03-09T12:00Z', '2024-03-11T13:30Z'],
      ['2024-11-02T12:00Z', '2024-11-04T14:30Z'],
    ] as const) {
      const market = new Market({ tape: { ACME: [] }, start: at(from), end: at(from) + 5 * 86_400_000 });
      market.advance({ to: 'open' });
      expect(iso(market.simulation.now)).toBe(opens);
    }
  });
});

describe('vector 12: buying power is reserved on acceptance', () => {
  test.each([
    ['ACME', 'ACME'],
    ['ACME', 'BETA'],
    ['BETA', 'ACME'],
  ])('cash 1,000: 600 of %s, then 600 of %s', (first, second) => {
    const market = new Market({ cash: '1000', tape: { ACME: [], BETA: [] } });
    expect(market.place('buy', 'limit', { symbol: first, qty: '6', limit: '100' })).toBeNull();
    expect(toJson(market.place('buy', 'limit', { symbol: second, qty: '6', limit: '100' }))).toEqual({
      code: 'insufficient_buying_power',
      required: '600',
      available: '400',
      reservedBy: [0],
    });
  });
});

describe('vector 14: the log replays to the same hash', () => {
  const scenario = { tape: { ACME: [FLAT, [99, 101, 98, 100] as Ohlcv, FLAT, FLAT] } };
  const run = (withCancel: boolean) => {
    const market = new Market(scenario);
    const hashes = [market.simulation.runHash()];
    const step = (act: () => unknown): void => {
      act();
      hashes.push(market.simulation.runHash());
    };
    step(() => market.place('buy', 'limit', { qty: '5', limit: '98.5' }));
    step(() => market.place('buy', 'limit', { qty: '3', limit: '90' }));
    if (withCancel) step(() => market.cancel(1));
    else step(() => undefined);
    step(() => market.minutes(2));
    return { market, hashes };
  };

  test('folded from its exported text it has the same hash and the same account', () => {
    const { market } = run(false);
    const configuration = configurationOf(scenario);
    const log = JSON.stringify(market.events.map(toJson));
    const replayed = Simulation.start(configuration, tapeOf(scenario.tape, TEN_O_CLOCK));
    replayed.fold(fromJson<SimulationEvent[]>(JSON.parse(log)));
    expect(replayed.runHash()).toBe(market.simulation.runHash());
    expect(replayed.snapshot().stateHash).toBe(market.simulation.snapshot().stateHash);
    expect(replayed.account(0)).toEqual(market.simulation.account(0));
    expect(replayed.position(0, 'ACME')?.quantity).toBe(quantity('5'));
  });
  test('one cancel more: the hash differs from that command on only', () => {
    const plain = run(false).hashes;
    const canceled = run(true).hashes;
    expect(plain.map((hash, index) => hash === canceled[index])).toEqual([true, true, true, false, false]);
  });
});
