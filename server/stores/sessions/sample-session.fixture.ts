/** A session record and commits as tests of the stores need them. */
import type { OrderTerms } from '../../engine/orders/order';
import { money, price, quantity, ratio } from '../../engine/units/decimal';
import { MINUTE_MS } from '../../engine/units/time';
import { STANDARD } from '../../schema/profiles';
import type { Commit, SessionRecord } from '../../sessions/session-store';

const START = Date.UTC(2024, 0, 3, 14, 30);

export function sampleRecord(id: string, createdAt = '2024-06-01T12:00:00.000Z'): SessionRecord {
  return {
    id,
    name: `session ${id}`,
    createdAt,
    profile: 'standard',
    configuration: {
      seed: 'seed',
      instruments: [
        {
          symbol: 'AAPL',
          assetClass: 'us_equity',
          tradable: true,
          fractionable: true,
          marginable: true,
          maintenanceRate: ratio('0.5'),
          shortable: true,
          easyToBorrow: false,
        },
      ],
      startTime: START,
      endTime: START + 60 * MINUTE_MS,
      baseTimeframe: '1Min',
      initialCash: money('100000.01'),
      ...STANDARD,
    },
    dataVersions: { AAPL: 3 },
    synthetic: false,
  };
}

const TERMS: OrderTerms = {
  symbol: 'AAPL',
  side: 'buy',
  type: 'limit',
  timeInForce: 'day',
  quantity: quantity('0.123456789'),
  notional: null,
  limitPrice: price('185.25'),
  stopPrice: null,
  trailPrice: null,
  trailPercent: null,
  extendedHours: true,
  orderClass: 'simple',
  takeProfit: null,
  stopLoss: null,
  clientOrderId: 'näme "quoted"\n',
};

export function sampleCommit(sessionId: string, sequence: number): Commit {
  return {
    sessionId,
    sequence,
    commandId: `command-${sequence}`,
    actor: 'key:PK1',
    command: { type: 'PlaceOrder', account: 0, terms: TERMS },
    events: [
      {
        type: 'OrderAccepted',
        at: START,
        account: 0,
        order: sequence - 1,
        terms: TERMS,
        positionIntent: 'buy_to_open',
        parent: null,
        legs: [],
        isHeld: false,
        reserved: money('22.87'),
        reservedQuantity: quantity('0'),
        capPrice: null,
        expiresAt: START + 60 * MINUTE_MS,
      },
    ],
    simulatedAt: START,
    recordedAt: '2024-06-01T12:00:01.000Z',
    hash: sequence.toString(16).padStart(64, '0'),
  };
}
