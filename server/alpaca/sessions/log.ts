/** What a session holds and how it came to it: its state now, and its log in pages. */
import * as z from 'zod';
import { given, wholeNumber } from '../../schema/query';
import type { SessionHost } from '../../sessions/session-host';
import type { Commit } from '../../sessions/session-store';
import { ok } from '../answer';
import { endpoint } from '../endpoint';
import { ACCOUNT, accountOf } from '../session-account';
import { assetsOf } from '../session-assets';
import { accountToWire } from '../wire/account';
import { invalid, refusal } from '../wire/error';
import { commitToWire } from '../wire/event';
import { instant } from '../wire/instant';
import { orderToWire } from '../wire/order';
import { positionToWire } from '../wire/position';

const PAGE_DEFAULT = 100;
const PAGE_MAX = 1_000;
const SEQUENCE_MAX = 999_999_999;

export const listEvents = endpoint({
  method: 'GET',
  path: '/v1/sessions/{session_id}/events',
  authorisation: 'named_session',
  query: z.object({
    after: wholeNumber(0, SEQUENCE_MAX, 0),
    limit: wholeNumber(1, PAGE_MAX, PAGE_DEFAULT),
  }),
  run: async ({ host, request, query }) => {
    if (request.header('accept') === 'text/event-stream') {
      return refusal(406, 40610000, 'events are served as pages of JSON; a live stream is not supported');
    }
    const commits = await commitsAfter(host, query.after, query.limit);
    const last = commits.at(-1)?.sequence ?? query.after;
    return host.read((simulation) =>
      ok({
        events: commits.map((commit) => commitToWire(simulation, commit)),
        // What to ask with for the next page; null at the end of the log as it is now.
        next: last < host.sequence ? last : null,
      }),
    );
  },
});

async function commitsAfter(host: SessionHost, after: number, limit: number): Promise<Commit[]> {
  const until = Math.min(host.sequence, after + limit);
  const commits: Commit[] = [];
  if (after >= until) return commits;
  const ending = new AbortController();
  for await (const commit of host.follow(after, ending.signal)) {
    commits.push(commit);
    if (commit.sequence >= until) break;
  }
  ending.abort();
  return commits;
}

export const getState = endpoint({
  method: 'GET',
  path: '/v1/sessions/{session_id}/state',
  authorisation: 'named_session',
  query: z.object({ at: given(z.string()).optional() }),
  run: async ({ gate, host, query }) => {
    if (query.at) return invalid('at is not supported: the state is the one as of now');
    const assets = await assetsOf(host, gate.bars);
    return host.read((simulation) =>
      ok({
        sequence: host.sequence,
        current_time: instant(simulation.now),
        run_hash: simulation.runHash(),
        account: accountToWire(simulation, accountOf(simulation)),
        orders: simulation.openOrders(ACCOUNT).map((order) => orderToWire(simulation, assets, order)),
        positions: simulation.positions(ACCOUNT).flatMap((position) => {
          const asset = assets.get(position.symbol);
          return asset === undefined ? [] : [positionToWire(position, asset)];
        }),
      }),
    );
  },
});
