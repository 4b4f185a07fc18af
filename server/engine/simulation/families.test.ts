/** Orders that come in families, that trail, that wait for an auction or trade in extended hours. */
import { describe, expect, test } from 'vitest';
import { formatDecimal, price, ratio } from '../units/decimal';
import { Market, PLAIN, TEN_O_CLOCK, type Ohlcv } from './scenario.fixture';

const FLAT: Ohlcv = [100, 100, 100, 100];
const at = (iso: string): number => Date.parse(iso);
const BRACKET = { qty: '10', limit: '100', orderClass: 'bracket', target: '105', stopLoss: '95' } as const;

describe('brackets', () => {
  test('the legs are held until the entry is filled whole, hold the shares once, and end each other', () => {
    const market = new Market({ tape: { ACME: [FLAT, FLAT, [100, 106, 100, 105]] } });
    market.place('buy', 'limit', BRACKET);
    expect(market.blotter()).toEqual([
      '#0 new',
      '#1 held',
      '#2 held',
      '#0 fill 10 @ 100 gap',
      '#1 live 10',
      '#2 live 10',
    ]);
    expect(formatDecimal(market.simulation.position(0, 'ACME')?.heldQuantity ?? 0n)).toBe('10');
    market.minutes(3);
    expect(market.blotter().slice(6)).toEqual(['#1 fill 10 @ 105', '#2 canceled sibling_filled']);
    expect(market.simulation.position(0, 'ACME')).toBeUndefined();
  });

  test('a partial target shrinks the stop to what is left', () => {
    const tenth = { model: 'participation', rate: ratio('0.1'), scope: 'account' } as const;
    const market = new Market({
      tape: {
        ACME: [
          [100, 100, 100, 100, 1_000],
          [100, 100, 100, 100, 1_000],
          [100, 106, 100, 104, 40],
          [104, 104, 90, 90, 1_000],
        ],
      },
      configuration: { volume: tenth },
    });
    market.minutes(1);
    market.place('buy', 'limit', BRACKET);
    market.minutes(3);
    expect(market.blotter().slice(3)).toEqual([
      '#0 fill 10 @ 100 gap',
      '#1 live 10',
      '#2 live 10',
      '#1 fill 4 @ 105',
      '#2 resized 6',
      '#2 triggered @ 95',
      '#2 fill 6 @ 95',
      '#1 canceled sibling_filled',
    ]);
  });

  test('canceling one member cancels the rest', () => {
    const market = new Market({ tape: { ACME: [null] } });
    market.place('buy', 'limit', { ...BRACKET, limit: '99' });
    market.cancel(0);
    expect(market.blotter().slice(3)).toEqual([
      '#0 canceled requested',
      '#1 canceled parent_ended',
      '#2 canceled parent_ended',
    ]);
    expect(market.simulation.openOrders(0)).toEqual([]);
  });

  test('a parent that expires partly filled takes its legs along', () => {
    const tenth = { model: 'participation', rate: ratio('0.1'), scope: 'account' } as const;
    const market = new Market({
      start: at('2024-03-12T19:58:00Z'),
      tape: {
        ACME: [
          [100, 100, 100, 100, 40],
          [100, 100, 100, 100, 40],
        ],
      },
      configuration: { volume: tenth },
    });
    market.minutes(1);
    market.place('buy', 'limit', BRACKET);
    market.minutes(1);
    expect(market.blotter().slice(3)).toEqual([
      '#0 fill 4 @ 100 gap',
      '#0 expired',
      '#1 canceled parent_ended',
      '#2 canceled parent_ended',
    ]);
  });

  test('sized to each part instead, the exits grow with the fills', () => {
    const tenth = { model: 'participation', rate: ratio('0.1'), scope: 'account' } as const;
    const market = new Market({
      tape: {
        ACME: [
          [100, 100, 100, 100, 40],
          [100, 100, 100, 100, 40],
          [100, 100, 100, 100, 90],
        ],
      },
      configuration: { volume: tenth, fill: { ...PLAIN.fill, legs: 'filled_part' } },
    });
    market.minutes(1);
    market.place('buy', 'limit', BRACKET);
    market.minutes(2);
    expect(market.blotter().slice(3)).toEqual([
      '#0 fill 4 @ 100 gap',
      '#1 live 4',
      '#2 live 4',
      '#0 fill 4 @ 100 gap',
      '#1 resized 8',
      '#2 resized 8',
      '#0 fill 2 @ 100 gap',
      '#1 resized 10',
      '#2 resized 10',
    ]);
  });

  test.each([
    [{ ...BRACKET, target: '100' }, 'exit_price_direction'],
    [{ ...BRACKET, stopLoss: '100' }, 'exit_price_direction'],
    [{ ...BRACKET, target: '94' }, 'exits_crossed'],
    [{ ...BRACKET, qty: '1.5' }, 'fractional_not_simple'],
    [{ ...BRACKET, tif: 'ioc' }, 'class_time_in_force'],
    [{ qty: '1', limit: '100', orderClass: 'bracket', target: '105' }, 'legs_required'],
    [{ qty: '1', limit: '100', orderClass: 'oto', target: '105', stopLoss: '95' }, 'legs_required'],
    [{ qty: '1', limit: '100', target: '105' }, 'legs_not_allowed'],
    [
      { qty: '1', limit: '110', orderClass: 'oco', target: '110', stopLoss: '95', side: 'sell' },
      'exit_without_position',
    ],
  ] as const)('%o is refused: %s', (words, code) => {
    const market = new Market({ tape: { ACME: [FLAT] } });
    const side = 'side' in words ? words.side : 'buy';
    expect(market.place(side, 'limit', words)?.code).toBe(code);
  });
});

describe('one triggers the other', () => {
  test('a market entry with a stop: the stop lives from the fill on', () => {
    const market = new Market({ tape: { ACME: [FLAT, [99, 99, 94, 95]] } });
    market.place('buy', 'market', { qty: '10', orderClass: 'oto', stopLoss: '95' });
    market.minutes(2);
    expect(market.fills()).toEqual(['10 @ 100', '10 @ 95']);
  });
});

describe('trailing stops', () => {
  const trail = (
    bars: Ohlcv[],
    words: { trail?: string; trailPercent?: string },
    mode: 'path' | 'bar_close' = 'path',
  ) => {
    const market = new Market({
      tape: { ACME: [FLAT, ...bars] },
      configuration: { fill: { ...PLAIN.fill, trail: mode } },
    });
    market.place('buy', 'market', { qty: '1' });
    market.minutes(1);
    market.place('sell', 'trailing_stop', { qty: '1', ...words });
    market.minutes(bars.length);
    return market;
  };

  test('the mark follows the highs of the bars, and the stop is tested after it moved', () => {
    const market = trail(
      [
        [102, 103, 102, 103],
        [104, 105, 104, 105],
        [104, 104, 102, 103],
      ],
      { trail: '2' },
    );
    expect(market.fills().at(-1)).toBe('1 @ 103');
    expect(formatDecimal(market.simulation.order(1)?.highWaterMark ?? 0n)).toBe('105');
  });
  test('by the closes only, when the session says so', () => {
    expect(
      trail(
        [
          [101, 106, 101, 103],
          [103, 103, 101.5, 102],
        ],
        { trail: '2' },
        'bar_close',
      ).fills(),
    ).toEqual(['1 @ 100']);
    expect(
      trail(
        [
          [101, 106, 101, 103],
          [103, 103, 100.5, 102],
        ],
        { trail: '2' },
        'bar_close',
      )
        .fills()
        .at(-1),
    ).toBe('1 @ 101');
  });
  test('a gap over the stop fills at the open', () => {
    expect(
      trail([[90, 91, 89, 90]], { trailPercent: '5' })
        .fills()
        .at(-1),
    ).toBe('1 @ 90 gap');
  });
  test.each([
    [{}, 'trail_required'],
    [{ trail: '1', trailPercent: '1' }, 'trail_required'],
    [{ trail: '-1' }, 'trail_not_positive'],
    [{ trailPercent: '100' }, 'trail_percent_too_large'],
    [{ trail: '1', tif: 'ioc' }, 'time_in_force_not_allowed'],
  ] as const)('%o is refused: %s', (words, code) => {
    const market = new Market({ tape: { ACME: [FLAT] } });
    market.place('buy', 'market', { qty: '1' });
    expect(market.place('sell', 'trailing_stop', { qty: '1', ...words })?.code).toBe(code);
  });
});

describe('auctions', () => {
  test('opg takes the open of the session, without slippage, and says that it is a proxy', () => {
    const market = new Market({
      start: at('2024-03-12T13:20:00Z'),
      tape: { ACME: [...Array<null>(10).fill(null), [101, 102, 100, 101]] },
      configuration: { slippage: { model: 'ticks', ticks: 5 } },
    });
    expect(market.place('buy', 'market', { qty: '1', tif: 'opg' })).toBeNull();
    market.advance({ to: 'duration', durationMs: 900_000 });
    expect(market.fills()).toEqual(['1 @ 101 auction_proxy']);
  });
  test('opg without a bar at the open is canceled one bar later', () => {
    const market = new Market({
      start: at('2024-03-12T13:20:00Z'),
      tape: { ACME: [...Array<null>(11).fill(null), FLAT] },
    });
    market.place('buy', 'market', { qty: '1', tif: 'opg' });
    market.advance({ to: 'duration', durationMs: 900_000 });
    expect(market.blotter()).toEqual(['#0 new', '#0 canceled auction_over']);
    const canceled = market.events.find((event) => event.type === 'OrderCanceled');
    expect(new Date(canceled?.at ?? 0).toISOString()).toBe('2024-03-12T13:31:00.000Z');
  });
  test('cls takes the close of the last regular bar', () => {
    const market = new Market({
      start: at('2024-03-12T19:45:00Z'),
      tape: { ACME: [...Array<Ohlcv>(14).fill(FLAT), [100, 103, 99, 102]] },
    });
    expect(market.place('buy', 'market', { qty: '3', tif: 'cls' })).toBeNull();
    market.minutes(15);
    expect(market.fills()).toEqual(['3 @ 102 auction_proxy']);
    expect(market.place('buy', 'market', { qty: '3', tif: 'opg' })?.code).toBe('auction_window');
  });
  test('both have their windows', () => {
    const market = new Market({ start: TEN_O_CLOCK, tape: { ACME: [FLAT] } });
    expect(market.place('buy', 'market', { qty: '1', tif: 'opg' })?.code).toBe('auction_window');
    expect(market.place('buy', 'limit', { qty: '1', limit: '90', tif: 'cls' })).toBeNull();
  });
});

describe('extended hours', () => {
  const EIGHT = at('2024-03-12T12:00:00Z');
  test('only a limit order with the flag trades before the open', () => {
    const market = new Market({ start: EIGHT, tape: { ACME: [FLAT, [98, 98, 97, 98], FLAT] } });
    market.place('buy', 'limit', { qty: '1', limit: '98', extended: true });
    market.place('buy', 'limit', { qty: '2', limit: '98' });
    market.place('buy', 'market', { qty: '3' });
    market.advance({ to: 'duration', durationMs: 180_000 });
    expect(market.fills()).toEqual(['1 @ 98 gap']);
  });
  test('accepted at a bar that opens before the open it fills in the answer', () => {
    const market = new Market({ start: EIGHT, tape: { ACME: [FLAT] } });
    market.place('buy', 'limit', { qty: '1', limit: '101', extended: true });
    expect(market.fills()).toEqual(['1 @ 100 gap']);
  });
  test('a day order with the flag lives until 20:00', () => {
    const market = new Market({ tape: { ACME: [] } });
    market.place('buy', 'limit', { qty: '1', limit: '10', extended: true });
    market.advance({ to: 'end' });
    const expired = market.events.find((event) => event.type === 'OrderExpired');
    expect(new Date(expired?.at ?? 0).toISOString()).toBe('2024-03-13T00:00:00.000Z');
  });
  test('any other order with the flag is refused', () => {
    const market = new Market({ tape: { ACME: [FLAT] } });
    expect(market.place('buy', 'market', { qty: '1', extended: true })?.code).toBe(
      'extended_hours_not_allowed',
    );
  });
});

describe('wash trades', () => {
  test('the other side of an open order is refused, unless both are limits that do not cross', () => {
    const market = new Market({ tape: { ACME: [FLAT, null] } });
    market.place('buy', 'market', { qty: '5' });
    market.minutes(1);
    market.place('buy', 'limit', { qty: '1', limit: '90' });
    expect(market.place('sell', 'market', { qty: '1' })).toMatchObject({
      code: 'wash_trade',
      existingOrder: 1,
      isLimit: false,
    });
    expect(market.place('sell', 'limit', { qty: '1', limit: '89' })).toMatchObject({
      code: 'wash_trade',
      isLimit: true,
    });
    expect(market.place('sell', 'limit', { qty: '1', limit: '110' })).toBeNull();
    expect(market.place('sell', 'trailing_stop', { qty: '1', trail: '5' })).toBeNull();
  });
  test('or the session allows them', () => {
    const market = new Market({
      tape: { ACME: [FLAT, null] },
      configuration: { regulation: { rules: 'none', washTrades: 'allow' } },
    });
    market.place('buy', 'market', { qty: '5' });
    market.minutes(1);
    market.place('buy', 'limit', { qty: '1', limit: '90' });
    expect(market.place('sell', 'market', { qty: '1' })).toBeNull();
  });
});

test('a limit that is only touched fills with its probability, the same every time', () => {
  const run = (probability: string): number => {
    const bars = Array.from({ length: 60 }, (): Ohlcv => [100, 100, 99, 100]);
    const limit = { rule: 'probability', probability: ratio(probability) } as const;
    const market = new Market({ tape: { ACME: bars }, configuration: { fill: { ...PLAIN.fill, limit } } });
    let filledAfter = 0;
    market.place('buy', 'limit', { qty: '1', limit: '99' });
    for (; market.fills().length === 0 && filledAfter < 60; filledAfter++) market.minutes(1);
    return filledAfter;
  };
  expect(run('1')).toBe(1);
  expect(run('0')).toBe(60);
  expect(run('0.2')).toBe(run('0.2'));
  expect(price('99')).toBeDefined();
});
