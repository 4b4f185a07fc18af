/** A bot of one session over a real server, for tests that tell whole stories. */
import { expect } from 'vitest';
import type { GateServer, OpenedSession, Reply } from './gate.fixture';

export interface WireOrder {
  readonly id: string;
  readonly status: string;
  readonly legs: readonly WireOrder[] | null;
  readonly [name: string]: unknown;
}

/** ACME opens the day at 111.70; every minute is one cent higher and reaches 50 cents both ways, 1,000 shares. */
const EXACT = {
  fill: { collar: 'none' },
  slippage: { model: 'none' },
  volume: { model: 'unlimited' },
  fees: { model: 'none' },
  account: { multiplier: '2', shorting_enabled: true },
  regulation: { wash_trades: 'reject' },
};

export class Bot {
  private constructor(
    private readonly server: GateServer,
    readonly session: OpenedSession,
  ) {}

  static async open(server: GateServer, config: object = {}, change: object = {}): Promise<Bot> {
    return new Bot(server, await server.open({ config: { ...EXACT, ...config }, ...change }));
  }

  call(method: string, path: string, body?: unknown): Promise<Reply> {
    return this.server.call(method, path, {
      keys: this.session.keys,
      ...(body === undefined ? {} : { body }),
    });
  }

  send(body: object): Promise<Reply> {
    const order = { symbol: 'ACME', qty: '10', side: 'buy', type: 'market', time_in_force: 'day', ...body };
    return this.call('POST', '/v2/orders', order);
  }

  /** An order that is expected to be taken. */
  async place(body: object): Promise<WireOrder> {
    const reply = await this.send(body);
    expect(reply.status, reply.text).toBe(200);
    return reply.json as WireOrder;
  }

  async read<T>(path: string): Promise<T> {
    const reply = await this.call('GET', path);
    expect(reply.status, reply.text).toBe(200);
    return reply.json as T;
  }

  order(id: string, query = ''): Promise<WireOrder> {
    return this.read(`/v2/orders/${id}${query}`);
  }

  /** Status words of an order and its legs. */
  async statuses(id: string): Promise<string[]> {
    const { status, legs } = await this.order(id, '?nested=true');
    return [status, ...(legs ?? []).map((leg) => leg.status)];
  }

  minutes(bars: number): Promise<Reply> {
    return this.call('POST', `/v1/sessions/${this.session.id}/time/advance`, { bars });
  }

  explain(id: string, query = ''): Promise<Record<string, unknown>> {
    return this.read(`/v1/sessions/${this.session.id}/orders/${id}/explain${query}`);
  }

  /** [status, code, message] of a refusal. */
  async refused(body: object): Promise<[number, unknown]> {
    const reply = await this.send(body);
    return [reply.status, reply.json];
  }
}

/** Buys under the market, with both exits. */
export const bracket = {
  order_class: 'bracket',
  type: 'limit',
  limit_price: '111.30',
  take_profit: { limit_price: '112.40' },
  stop_loss: { stop_price: '110.50' },
};
