/** The bot over HTTP, log on disk, against a bare server that gives the same answers to the same client. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forkProgram, freePort, startPaddock, stop } from './child';
import { Bot, type BotTarget, type Rehearsal } from './http-bot';
import type { CannedAnswers } from './http-floor-process';
import { costRow, median, type Row } from './row';

const WARM_UP_MINUTES = 2_000;
const ROUNDS = 7;
const MINUTES_A_ROUND = 200;
const READY_WITHIN_MS = 180_000;
const BAR = 1.5;

interface SessionAnswer {
  readonly id: string;
  readonly symbols: readonly string[];
  readonly simulation_start: string;
  readonly simulation_end: string;
  readonly api_key?: { readonly key_id: string; readonly secret_key: string };
}

export async function httpRows(): Promise<Row[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'paddock-bench-'));
  const port = await freePort();
  const paddock = startPaddock(port, dataDir);
  const bare = forkProgram('http-floor-process.ts');
  try {
    const origin = `http://127.0.0.1:${port}`;
    await waitUntilReady(origin, () => paddock.exitCode !== null);
    const cold = await openSession(origin);
    const bot = new Bot(cold);
    const { answers, tookMs: coldMs } = await bot.rehearse();
    const floor = new Bot({ ...cold, origin: await startFloor(bare, answersOf(answers)) });
    const { tookMs: floorColdMs } = await floor.rehearse();
    const [warm, floorWarm] = await alternate(bot, floor);
    await Promise.all([bot.close(), floor.close()]);
    const name = 'bot over HTTP, a simulated minute';
    return [
      costRow(
        `${name}, warm`,
        (warm / MINUTES_A_ROUND) * 1000,
        'us',
        (floorWarm / MINUTES_A_ROUND) * 1000,
        BAR,
      ),
      costRow(`${name}, first`, coldMs * 1000, 'us', floorColdMs * 1000, null),
    ];
  } finally {
    await Promise.all([stop(paddock), stop(bare)]);
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Turn by turn, so that a noisy neighbour disturbs both. */
async function alternate(bot: Bot, floor: Bot): Promise<[number, number]> {
  await bot.live(WARM_UP_MINUTES);
  await floor.live(WARM_UP_MINUTES);
  const took: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    took[0].push(await bot.live(MINUTES_A_ROUND));
    took[1].push(await floor.live(MINUTES_A_ROUND));
  }
  return [median(took[0]), median(took[1])];
}

async function startFloor(bare: ReturnType<typeof forkProgram>, answers: CannedAnswers): Promise<string> {
  bare.send(answers);
  const [port] = (await once(bare, 'message')) as [number];
  return `http://127.0.0.1:${port}`;
}

function answersOf(rehearsed: Rehearsal['answers']): CannedAnswers {
  return Object.fromEntries([...rehearsed].map(([call, answer]) => [`${call.method} ${call.path}`, answer]));
}

/** A session of its own over the demo data that a server makes on its first start. */
async function openSession(origin: string): Promise<BotTarget> {
  const list = await json<{ sessions: readonly SessionAnswer[] }>(`${origin}/v1/sessions`);
  const demo = list.sessions[0];
  const symbol = demo?.symbols[0];
  if (demo === undefined || symbol === undefined)
    throw new Error('expected a demo session on a fresh server');
  const session = await json<SessionAnswer>(`${origin}/v1/sessions`, {
    symbols: [symbol],
    start_time: demo.simulation_start,
    end_time: demo.simulation_end,
    initial_cash: '1000000',
  });
  if (session.api_key === undefined) throw new Error('expected a new session to come with its key');
  const { key_id, secret_key } = session.api_key;
  const headers = { 'APCA-API-KEY-ID': key_id, 'APCA-API-SECRET-KEY': secret_key };
  return { origin, sessionId: session.id, symbol, headers };
}

async function json<T>(url: string, body?: unknown): Promise<T> {
  const answer = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function waitUntilReady(origin: string, hasEnded: () => boolean): Promise<void> {
  const end = performance.now() + READY_WITHIN_MS;
  while (performance.now() < end && !hasEnded()) {
    const answer = await fetch(`${origin}/health`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(
    `expected ${origin}/health to answer within ${READY_WITHIN_MS / 1000} s (is there a build?)`,
  );
}
