/** A bot that trades and steps over HTTP, keeps a book of everything the server acknowledged, and never gives up. */
import { randomUUID } from 'node:crypto';

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

interface Request {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** The same for every try of one request. */
  readonly idempotencyKey: string;
}

export interface Acknowledged {
  /** Order id by the client's id. */
  readonly orders: Map<string, string>;
  readonly canceled: Set<string>;
  /** Base bars that acknowledged steps moved the clock, and where the last of them left it. */
  bars: number;
  currentTime: string;
}

export class CrashBot {
  readonly acknowledged: Acknowledged = { orders: new Map(), canceled: new Set(), bars: 0, currentTime: '' };
  /** Sent, and not answered when the server died: sent again first of all. */
  private pending: Request | null = null;
  private steps = 0;
  private resting: string[] = [];

  constructor(
    private readonly origin: string,
    private readonly session: { readonly id: string; readonly keyId: string; readonly secretKey: string },
    private readonly symbol: string,
  ) {}

  /** True while a request is out whose answer never came. */
  get isWaiting(): boolean {
    return this.pending !== null;
  }

  /** Trades until the server is gone, or `isDone` says so between two requests. */
  async live(isDone: () => boolean): Promise<void> {
    while (!isDone()) {
      const request = this.pending ?? this.next();
      this.pending = request;
      try {
        this.book(request, await this.send(request));
      } catch (error) {
        if (error instanceof Error && error.name === 'Unexpected') throw error;
        return;
      }
      this.pending = null;
    }
  }

  async get(path: string): Promise<Answer> {
    return this.send({ method: 'GET', path, idempotencyKey: randomUUID() });
  }

  private next(): Request {
    const idempotencyKey = randomUUID();
    this.steps += 1;
    const oldest = this.resting[0];
    if (this.steps % 7 === 0 && oldest !== undefined) {
      return { method: 'DELETE', path: `/v2/orders/${oldest}`, idempotencyKey };
    }
    if (this.steps % 3 === 0)
      return { method: 'POST', path: '/v2/orders', body: this.order(), idempotencyKey };
    const path = `/v1/sessions/${this.session.id}/time/advance`;
    return { method: 'POST', path, body: { bars: 1 }, idempotencyKey };
  }

  private order(): Record<string, string> {
    const common = { symbol: this.symbol, client_order_id: `bot-${this.steps}`, qty: '1' };
    if (this.steps % 2 === 0) {
      return { ...common, side: 'buy', type: 'limit', limit_price: '10', time_in_force: 'gtc' };
    }
    return { ...common, side: 'buy', type: 'market', time_in_force: 'day' };
  }

  private book(request: Request, { status, body }: Answer): void {
    const { acknowledged } = this;
    if (request.method === 'DELETE' && status === 204) {
      const id = request.path.split('/').at(-1) ?? '';
      acknowledged.canceled.add(id);
      this.resting = this.resting.filter((resting) => resting !== id);
    } else if (request.path === '/v2/orders' && status === 200) {
      acknowledged.orders.set(String(body['client_order_id']), String(body['id']));
      if (body['type'] === 'limit') this.resting.push(String(body['id']));
    } else if (request.path.endsWith('/advance') && status === 200) {
      acknowledged.bars += Number(body['bars']);
      acknowledged.currentTime = String(body['current_time']);
    } else {
      const problem = new Error(
        `${request.method} ${request.path} answered ${status}: ${JSON.stringify(body)}`,
      );
      problem.name = 'Unexpected';
      throw problem;
    }
  }

  private async send({ method, path, body, idempotencyKey }: Request): Promise<Answer> {
    const answer = await fetch(`${this.origin}${path}`, {
      method,
      headers: {
        'apca-api-key-id': this.session.keyId,
        'apca-api-secret-key': this.session.secretKey,
        'idempotency-key': idempotencyKey,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  }
}
