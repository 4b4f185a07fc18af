/** Every order says why it filled or did not: a code, numbers, the nearest miss. */
import { describe, expect, test } from 'vitest';
import { formatDecimal, ratio } from '../../units/decimal';
import { Market, PLAIN, TEN_O_CLOCK, type Ohlcv } from '../scenario.fixture';

const FLAT: Ohlcv = [100, 100, 100, 100];
const why = (market: Market, order: number) => {
  const explanation = market.simulation.explain(order);
  if (explanation === undefined) throw new Error('expected an explanation');
  return explanation;
};
const spans = (market: Market, order: number): string[] =>
  why(market, order).spans.map(
    ({ code, bars, cause }) => `${code} x ${bars}${cause === null ? '' : ` ${cause}`}`,
  );

test('vector 9: accepted in a gap, it says NO_TRADES x 14 and then how it filled', () => {
  const market = new Market({ tape: { ACME: [FLAT, ...Array<null>(14).fill(null), [115, 115, 115, 115]] } });
  market.minutes(1);
  market.place('buy', 'market', { qty: '1' });
  market.minutes(14);
  expect(spans(market, 0)).toEqual(['NO_TRADES x 14 no_trades']);
  expect(why(market, 0).sentence).toBe('Buy market waits: 14 minutes without a bar, nobody traded.');
  market.minutes(1);
  expect(why(market, 0)).toMatchObject({ code: 'FILLED' });
  expect(why(market, 0).sentence).toBe('Buy market filled: 1 at 115 at 2024-03-12 10:15.');
});

test('a limit that was not reached names its nearest miss', () => {
  const market = new Market({
    tape: {
      ACME: [
        [190, 190, 189.8, 190],
        [190, 190, 189.62, 190],
        [190, 191, 189.9, 190],
      ],
    },
  });
  market.place('buy', 'limit', { qty: '1', limit: '189.50' });
  market.minutes(3);
  expect(why(market, 0)).toMatchObject({
    code: 'PRICE_NOT_REACHED',
    nearest: { time: TEN_O_CLOCK + 60_000 },
  });
  expect(why(market, 0).sentence).toBe(
    'Buy limit 189.5 not reached: lowest 189.62 at 2024-03-12 10:01, missed by 0.12.',
  );
});

describe('each reason has its code', () => {
  test('a touch that is not enough', () => {
    const market = new Market({
      tape: { ACME: [[190, 190, 189, 190]] },
      configuration: { fill: { ...PLAIN.fill, limit: { rule: 'through' } } },
    });
    market.place('buy', 'limit', { qty: '1', limit: '189' });
    market.minutes(1);
    expect(why(market, 0).sentence).toContain('touched, which is not enough here');
  });
  test('a stop that was not triggered', () => {
    const market = new Market({ tape: { ACME: [[100, 104, 99, 101]] } });
    market.place('buy', 'stop', { qty: '1', stop: '105' });
    market.minutes(1);
    expect(why(market, 0).sentence).toBe(
      'Buy stop 105 not triggered: highest 104 at 2024-03-12 10:00, missed by 1.',
    );
  });
  test('sent inside a bar', () => {
    const market = new Market({ tape: { ACME: [FLAT, null] } });
    market.advance({ to: 'duration', durationMs: 1_000 });
    market.place('buy', 'market', { qty: '1' });
    market.minutes(1);
    expect(spans(market, 0)).toEqual(['SUBMITTED_MID_BAR x 1']);
  });
  test('before the open, and in extended hours without the flag', () => {
    const market = new Market({ start: Date.parse('2024-03-12T12:00:00Z'), tape: { ACME: [FLAT, FLAT] } });
    market.place('buy', 'limit', { qty: '1', limit: '101' });
    market.advance({ to: 'duration', durationMs: 600_000 });
    expect(spans(market, 0)).toEqual(['EXTENDED_HOURS_NOT_ALLOWED x 2']);
  });
  test('a volume budget that is used up', () => {
    const market = new Market({
      tape: {
        ACME: [
          [100, 100, 100, 100, 1_000],
          [100, 100, 100, 100, 1_000],
        ],
      },
      configuration: {
        volume: { model: 'participation', rate: ratio('0.01'), scope: 'account' },
        fill: { ...PLAIN.fill, arrival: 'deferred' },
      },
    });
    market.place('buy', 'market', { qty: '10' });
    market.place('buy', 'market', { qty: '10' });
    market.minutes(1);
    expect(why(market, 1).code).toBe('VOLUME_BUDGET_USED');
  });
  test('a collar', () => {
    const market = new Market({
      tape: { ACME: [FLAT, null, [110, 112, 108, 109]] },
      configuration: { fill: { ...PLAIN.fill, collar: 'alpaca' } },
    });
    market.minutes(1);
    market.place('buy', 'market', { qty: '1' });
    market.minutes(2);
    expect(why(market, 0).code).toBe('COLLAR');
    expect(formatDecimal(why(market, 0).nearest?.wanted ?? 0n)).toBe('102.51025');
  });
  test('a held leg, a sibling, an expiry, a cancel and a replacement', () => {
    const market = new Market({ tape: { ACME: [FLAT, FLAT, [100, 106, 100, 105]] } });
    market.place('buy', 'limit', {
      qty: '1',
      limit: '99',
      orderClass: 'bracket',
      target: '105',
      stopLoss: '95',
    });
    expect(why(market, 1).code).toBe('HELD_BY_PARENT');
    market.cancel(0);
    expect(why(market, 0).code).toBe('CANCELED');
    market.place('buy', 'market', { qty: '1', orderClass: 'bracket', target: '105', stopLoss: '95' });
    market.minutes(3);
    expect(why(market, 4).code).toBe('FILLED');
    expect(why(market, 5).code).toBe('SIBLING_FILLED');
    market.place('buy', 'limit', { qty: '1', limit: '50' });
    market.advance({ to: 'close' });
    expect(why(market, 6).code).toBe('TIME_IN_FORCE_EXPIRED');
  });
  test('a fill that only the other path has', () => {
    const market = new Market({ tape: { ACME: [null, [99, 101.5, 98.8, 101]] } });
    market.place('buy', 'stop_limit', { qty: '1', stop: '100', limit: '99.5' });
    market.minutes(2);
    expect(why(market, 0).code).toBe('ONLY_OTHER_PATH');
  });
});
