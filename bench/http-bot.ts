/** A bot as seen from the wire: what it asks each simulated minute, over one kept-alive connection. */
import { Client } from 'undici';

const ORDER_EACH_MINUTES = 20;

export interface BotTarget {
  readonly origin: string;
  readonly sessionId: string;
  readonly symbol: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface BotCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
}

interface BotAnswer {
  readonly status: number;
  readonly body: string;
}

export interface Rehearsal {
  readonly answers: ReadonlyMap<BotCall, BotAnswer>;
  readonly tookMs: number;
}

interface BotCalls {
  readonly each: readonly BotCall[];
  readonly order: BotCall;
  readonly advance: BotCall;
}

const JSON_BODY = { 'content-type': 'application/json' };

export class Bot {
  private readonly client: Client;
  private readonly calls: BotCalls;
  private minutes = 0;

  constructor(private readonly target: BotTarget) {
    this.client = new Client(target.origin, { pipelining: 1 });
    this.calls = callsFor(target);
  }

  /** Lives `minutes` simulated minutes and resolves to the milliseconds that it took. */
  async live(minutes: number): Promise<number> {
    const started = performance.now();
    for (let minute = 0; minute < minutes; minute++) {
      for (const call of this.calls.each) await this.send(call);
      if (this.minutes++ % ORDER_EACH_MINUTES === 0) await this.send(this.calls.order);
      await this.send(this.calls.advance);
    }
    return performance.now() - started;
  }

  /** A first minute with each call once, beginning with the order, and its answers: what a bare server has to say. */
  async rehearse(): Promise<Rehearsal> {
    const answers = new Map<BotCall, BotAnswer>();
    const { each, order, advance } = this.calls;
    const started = performance.now();
    for (const call of [order, advance, ...each]) answers.set(call, await this.send(call));
    return { answers, tookMs: performance.now() - started };
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private async send(call: BotCall): Promise<BotAnswer> {
    const { method, path, body } = call;
    const headers = body === undefined ? this.target.headers : { ...this.target.headers, ...JSON_BODY };
    const answer = await this.client.request({ method, path, headers, body });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`${method} ${path} answered ${answer.statusCode}: ${text}`);
    JSON.parse(text);
    return { status: answer.statusCode, body: text };
  }
}

function callsFor({ sessionId, symbol }: BotTarget): BotCalls {
  return {
    each: [
      { method: 'GET', path: '/v2/clock' },
      { method: 'GET', path: `/v2/stocks/${symbol}/bars/latest` },
      { method: 'GET', path: `/v2/positions/${symbol}` },
    ],
    order: {
      method: 'POST',
      path: '/v2/orders',
      body: JSON.stringify({ symbol, side: 'buy', type: 'market', time_in_force: 'day', qty: '1' }),
    },
    advance: { method: 'POST', path: `/v1/sessions/${sessionId}/time/advance`, body: '{"bars":1}' },
  };
}
