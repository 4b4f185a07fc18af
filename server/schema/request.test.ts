/** Bodies and queries as clients send them: what is read, what is refused, and in which words. */
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { advanceRequest } from './advance';
import { numberText } from './decimal';
import { faultMessage } from './field';
import { parseDuration, parseInstant } from './instant';
import { closeRequest, orderChangesRequest, orderRequest } from './order';
import { flag, list, queryRecord } from './query';
import { sessionRequest } from './session';

function fault(schema: z.ZodType, body: unknown): string {
  const result = schema.safeParse(body);
  if (result.success) throw new Error(`expected a fault, found ${typeof result.data}`);
  return faultMessage(result.error);
}

const buy = { symbol: 'AAPL', qty: '1', side: 'buy', type: 'market', time_in_force: 'day' };

describe('orders', () => {
  test('numbers and strings are the same decimal, in either spelling of the names', () => {
    const asStrings = orderRequest.parse({ ...buy, type: 'limit', qty: '0.000001', limit_price: '150.10' });
    const asNumbers = orderRequest.parse({
      symbol: 'AAPL', side: 'buy', type: 'limit', qty: 1e-6, limitPrice: 150.1, timeInForce: 'day',
    }); // prettier-ignore
    expect(asNumbers).toEqual(asStrings);
    expect(asNumbers.terms).toMatchObject({
      quantity: 1_000n,
      limitPrice: 150_100_000_000n,
      notional: null,
    });
  });

  test('exits, trails, hours and intent, in either spelling', () => {
    const bracket = orderRequest.parse({
      ...buy,
      orderClass: 'bracket',
      takeProfit: { limitPrice: 9 },
      stop_loss: { stopPrice: '7', limit_price: null },
      positionIntent: 'buy_to_open',
    });
    expect(bracket.positionIntent).toBe('buy_to_open');
    expect(bracket.terms).toMatchObject({
      orderClass: 'bracket',
      takeProfit: { limitPrice: 9_000_000_000n },
      stopLoss: { stopPrice: 7_000_000_000n, limitPrice: null },
      extendedHours: false,
    });
    const trailing = { ...buy, type: 'trailing_stop', trailPercent: '2.5', extended_hours: true };
    expect(orderRequest.parse(trailing)).toMatchObject({
      positionIntent: null,
      terms: { trailPrice: null, trailPercent: 2_500_000_000n, extendedHours: true, orderClass: 'simple' },
    });
    expect(orderRequest.parse({ ...buy, time_in_force: 'opg' }).terms.timeInForce).toBe('opg');
  });

  test('absent, null and empty mean the same', () => {
    const sparse = orderRequest.parse({ ...buy, limit_price: null, stop_price: '', take_profit: null });
    expect(sparse).toEqual(orderRequest.parse(buy));
  });

  test.each([
    [{ ...buy, side: 'hold' }, 'invalid side'],
    [{ ...buy, side: undefined }, 'invalid side'],
    [{ ...buy, type: 7 }, 'invalid order type'],
    [{ ...buy, time_in_force: 'tomorrow' }, 'invalid time_in_force'],
    [{ ...buy, qty: 'ten' }, 'qty: expected a decimal with at most 9 places, found "ten"'],
    [{ ...buy, qty: {} }, 'qty: expected a decimal'],
    [{ ...buy, qty: `0.${'3'.repeat(300)}` }, 'qty: expected a decimal of at most 64 characters, found 302'],
    [{ ...buy, qty: '0.1234567891' }, 'qty: expected a decimal with at most 9 places, found "0.1234567891"'],
    [{ ...buy, qty: 1e300 }, 'qty: expected at most 15 digits, found the number 1e+300; send it as a string'],
    [{ ...buy, symbol: '' }, 'symbol is required'],
    [{ ...buy, order_class: 'ladder' }, 'invalid order_class'],
    [{ ...buy, order_class: 'mleg' }, 'mleg orders are not supported: there are no options'],
    [{ ...buy, order_class: 'bracket' }, 'bracket orders require take_profit.limit_price'],
    [
      { ...buy, order_class: 'bracket', take_profit: { limit_price: '9' } },
      'bracket orders require stop_loss.stop_price',
    ],
    [
      { ...buy, order_class: 'oto', take_profit: { limit_price: '9' }, stop_loss: { stop_price: '7' } },
      'oto orders require either take_profit or stop_loss.',
    ],
    [{ ...buy, order_class: 'oto' }, 'oto orders require either take_profit or stop_loss.'],
    [
      {
        ...buy,
        order_class: 'oco',
        limit_price: '8',
        take_profit: { limit_price: '9' },
        stop_loss: { stop_price: '7' },
      },
      'oco orders have one limit price',
    ],
    [{ ...buy, stop_loss: { limit_price: '9' } }, 'stop_loss.limit_price needs a stop_loss.stop_price'],
    [{ ...buy, take_profit: 'yes' }, 'take_profit: expected an object'],
    [{ ...buy, take_profit: { limit_price: 'high' } }, 'take_profit.limit_price: expected a decimal'],
    [{ ...buy, legs: [] }, 'legs is not supported'],
    [{ ...buy, extended_hours: 'yes' }, 'extended_hours: expected true or false'],
    [{ ...buy, position_intent: 'buy' }, 'invalid position_intent'],
  ])('refuses %j', (body, message) => {
    if (typeof message === 'string') expect(fault(orderRequest, body)).toContain(message);
    else expect(fault(orderRequest, body)).toMatch(message);
  });

  test('names of the prototype are names like any other', () => {
    const body: unknown = JSON.parse(
      `{"__proto__": {"side": "sell"}, "constructor": 1, ${JSON.stringify(buy).slice(1)}`,
    );
    expect(orderRequest.parse(body).terms).toMatchObject({ side: 'buy' });
    expect(({} as Record<string, unknown>).side).toBeUndefined();
  });

  test('a hostile depth is cut, not followed', () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`);
    expect(fault(orderRequest, deep)).toContain('symbol is required');
  });

  test('a replacement changes what it names', () => {
    expect(orderChangesRequest.parse({ qty: 5, limitPrice: null })).toMatchObject({
      quantity: 5_000_000_000n,
      limitPrice: null,
    });
    expect(orderChangesRequest.parse({ trail: '1.5' })).toMatchObject({ trailOffset: 1_500_000_000n });
    expect(fault(orderChangesRequest, { notional: '1' })).toBe('notional cannot be replaced');
  });

  test('a position is closed whole, by quantity or by percentage', () => {
    expect(closeRequest.parse({})).toBe('all');
    expect(closeRequest.parse({ percentage: '50' })).toEqual({ portion: 500_000_000n });
    expect(fault(closeRequest, { qty: '1', percentage: '50' })).toMatch(/only one of/);
    expect(fault(closeRequest, { percentage: '101' })).toMatch(/<= 100/);
  });
});

describe('sessions', () => {
  const body = { symbols: ['aapl'], startTime: '2024-03-11', end_time: '2024-03-12T12:00:00-04:00' };

  test('bare dates are trading days, names come in either spelling', () => {
    expect(sessionRequest.parse(body)).toMatchObject({
      symbols: ['AAPL'],
      startTime: Date.parse('2024-03-11T13:30:00Z'),
      endTime: Date.parse('2024-03-12T16:00:00Z'),
      initialCash: 100_000_000_000_000n,
      baseTimeframe: '1Min',
      profile: 'standard',
      policies: { fill: { collar: 'alpaca', limit: { rule: 'touch' } } },
    });
  });

  test('config changes only what it names', () => {
    const config = {
      fill: { limit: 'ticks:3', trail: 'bar_close', legs: 'filled_part', intrabar: 'worst_case' },
      slippage: { model: 'volume_share', impact: '0.1', share_max: 0.025 },
      volume: { rate: '0.5' },
      fees: { model: 'per_share', amount: '0.005' },
      account: { multiplier: 4, shortingEnabled: false },
      regulation: { rules: 'none', wash_trades: 'allow' },
    };
    expect(sessionRequest.parse({ ...body, config }).policies).toEqual({
      hours: 'regular',
      fill: {
        arrival: 'open',
        intrabar: 'worst_case',
        limit: { rule: 'ticks', ticks: 3 },
        collar: 'alpaca',
        trail: 'bar_close',
        legs: 'filled_part',
      },
      slippage: { model: 'volume_share', impact: 100_000_000n, shareMax: 25_000_000n },
      volume: { model: 'participation', rate: 500_000_000n, scope: 'account' },
      fees: { model: 'per_share', amount: 5_000_000n },
      account: { multiplier: '4', shortingEnabled: false },
      regulation: { rules: 'none', washTrades: 'allow' },
      quotes: { halfSpreadBasisPoints: 1_000_000_000n },
    });
  });

  test('a profile is what stands under config', () => {
    const of = (change: object) => sessionRequest.parse({ ...body, ...change }).policies;
    expect(of({ profile: 'strict', config: { latency_ms: 0 } })).toMatchObject({
      fill: { limit: { rule: 'through' }, intrabar: 'worst_case' },
      volume: { rate: 10_000_000n },
      fees: { model: 'alpaca' },
    });
    expect(of({ profile: 'peer', config: { volume: { scope: 'session' } } })).toMatchObject({
      volume: { rate: 10_000_000n, scope: 'session' },
      fees: { model: 'none' },
    });
    const probable = of({ config: { fill: { limit: 'probability:0.25' } } });
    expect(probable.fill.limit).toEqual({ rule: 'probability', probability: 250_000_000n });
  });

  test.each([
    [{ colour: 'red' }, /colour is not supported here; supported: name, symbols/],
    [{ config: { fill: { queue: 'front' } } }, /config.fill: queue is not supported here/],
    [{ config: { fill: { limit: 'ticks:1.5' } } }, /expected touch, through, ticks:n or probability:p/],
    [{ config: { fill: { limit: 'probability:1.5' } } }, /expected touch, through, ticks:n/],
    [{ config: { fees: { model: 'per_share' } } }, /config.fees.amount: the model per_share needs this/],
    [{ config: { fees: { amount: 1 } } }, /config.fees.amount: does not belong to the model alpaca/],
    [{ config: { account: { multiplier: '3' } } }, /config.account.multiplier: expected 1 or 2 or 4/],
    [{ config: { latency_ms: 5 } }, /config.latency_ms: expected 0: latency is not supported/],
    [{ config: { slippage: { model: 'none', ticks: 1 } } }, /ticks: does not belong to the model none/],
    [
      { config: { slippage: { model: 'ticks' } } },
      /config.slippage.ticks: the model ticks needs this number/,
    ],
    [{ profile: 'lenient' }, /profile: expected one of standard, strict, peer, naive/],
    [
      { profile: 'strict' },
      /strict delays orders by one bar, which is not supported; send config.latency_ms 0/,
    ],
    [{ profile: 'naive' }, /naive fills orders at the close of a bar, which is not supported/],
    [{ end_time: '2024-03-10' }, /expected end_time after start_time/],
    [{ end_time: '2044-03-10' }, /years 2000 to 2027/],
    [{ end_time: '2024-02-30' }, /end_time: expected a date/],
    [{ symbols: [] }, /symbols: expected at least one symbol/],
    [{ symbols: 'AAPL' }, /symbols: expected a list of symbols/],
    [{ initial_cash: '-5' }, /initial_cash: expected an amount above 0/],
  ])('refuses %j', (change, message) => {
    expect(fault(sessionRequest, { ...body, ...change })).toMatch(message);
  });
});

describe('the clock', () => {
  test.each([
    [undefined, { to: 'bars', bars: 1 }],
    [{}, { to: 'bars', bars: 1 }],
    [{ bars: 3 }, { to: 'bars', bars: 3 }],
    [{ bars: '3' }, { to: 'bars', bars: 3 }],
    [{ duration: 5 }, { to: 'duration', durationMs: 300_000 }],
    [{ duration: 'PT1H30M' }, { to: 'duration', durationMs: 5_400_000 }],
    [{ targetTime: '2024-03-11T14:00:00Z' }, { to: 'time', time: Date.parse('2024-03-11T14:00:00Z') }],
    [{ until: 'close' }, { to: 'close' }],
  ])('%j', (body, target) => expect(advanceRequest.parse(body)).toEqual(target));

  test.each([
    [{ bars: 1, until: 'end' }, /only one of/],
    [{ bars: 0 }, /bars: expected a whole number from 1/],
    [{ bars: '1.5' }, /bars: expected a whole number from 1/],
    [{ duration: -5 }, /expected minutes above 0/],
    [{ duration: 'P' }, /expected minutes above 0/],
    [{ until: 'lunch' }, /expected one of next_event, open, close, end/],
    [{ speed: 5 }, /speed is not supported here/],
  ])('refuses %j', (body, message) => expect(fault(advanceRequest, body)).toMatch(message));
});

describe('queries and times', () => {
  test('lists, repeated names and brackets are one list', () => {
    expect(list.parse(queryRecord('symbols=A,B&symbols=C').symbols)).toEqual(['A', 'B', 'C']);
    expect(list.parse(queryRecord('symbols[]=A&symbols%5B%5D=B').symbols)).toEqual(['A', 'B']);
    expect(list.parse(undefined)).toBeNull();
    expect(flag.parse('True')).toBe(true);
    expect(flag.parse('False')).toBe(false);
    expect(Object.getPrototypeOf(queryRecord('__proto__=1'))).toBe(Object.prototype);
  });

  test('a plus that was lost, an offset, and what lies between two milliseconds', () => {
    const nine = Date.parse('2024-03-11T13:30:00Z');
    expect(parseInstant('2024-03-11T13:30:00 00:00')).toEqual({ atOrAfter: nine, atOrBefore: nine });
    expect(parseInstant('2024-03-11T09:30:00-04:00')?.atOrAfter).toBe(nine);
    expect(parseInstant('2024-03-11T13:30:00.000000001Z')).toEqual({ atOrAfter: nine + 1, atOrBefore: nine });
    for (const wrong of ['2024-03-11T25:00:00Z', '2024-13-11T00:00:00Z', '2024-03-11T00:00:00', 'now', '']) {
      expect(parseInstant(wrong)).toBeNull();
    }
  });

  test('durations', () => {
    expect(parseDuration('P1DT2H')).toBe(93_600_000);
    for (const wrong of ['P', 'PT', 'P1DT', '5M', 'PT5', 'PT-5M']) expect(parseDuration(wrong)).toBeNull();
  });

  test('a number is taken by its shortest decimal', () => {
    expect(numberText(1e-7)).toBe('0.0000001');
    expect(numberText(-1.5e-8)).toBe('-0.000000015');
    expect(numberText(150.1)).toBe('150.1');
    expect(numberText(2 ** 60)).toBeNull();
  });
});
