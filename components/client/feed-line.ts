/**
 * Holds one line to a session's feed: follows it, comes back after an outage, and goes on where it was.
 *
 * A page that nobody looks at lets its line go after a while: a browser gives an origin six connections,
 * and every open feed keeps one of them, so that a seventh tab would get no answer at all.
 */
import type { TRPCClient } from '@trpc/client';
import type { AppRouter } from '@/server/trpc/router';
import { stepTo } from './feed-position';

export type Connection =
  | { readonly state: 'live' }
  | { readonly state: 'connecting' }
  | { readonly state: 'lost'; readonly attempts: number; readonly since: number };

/** What the events touched, by their types. */
export type Changed = readonly string[] | 'everything';

export interface FeedLineParts {
  readonly client: TRPCClient<AppRouter>;
  readonly sessionId: string;
  /** The last sequence that is known. */
  readonly after: number;
  readonly onChange: (changed: Changed) => void;
  readonly onConnection: (connection: Connection) => void;
}

const RETRY_FIRST_MS = 500;
const RETRY_MAX_MS = 8_000;
const HIDDEN_MS = 30_000;

/** Returns how to hang up. */
export function openFeedLine({
  client,
  sessionId,
  after,
  onChange,
  onConnection,
}: FeedLineParts): () => void {
  let last = after;
  let attempts = 0;
  let lostSince = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let subscription: { unsubscribe(): void } | undefined;

  const hangUp = (): void => {
    clearTimeout(timer);
    subscription?.unsubscribe();
    subscription = undefined;
  };
  const lost = (): void => {
    if (attempts === 0) lostSince = Date.now();
    attempts += 1;
    onConnection({ state: 'lost', attempts, since: lostSince });
  };
  const again = (): void => {
    hangUp();
    lost();
    timer = setTimeout(follow, Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** Math.min(attempts, 8)));
  };
  const follow = (): void => {
    subscription = client.feed.follow.subscribe(
      { sessionId, after: last },
      {
        onData: ({ data }) => {
          const step = stepTo(last, data.sequence);
          last = data.sequence;
          if (step !== 'repeated') onChange(step === 'gap' ? 'everything' : data.eventTypes);
        },
        onConnectionStateChange: (change) => {
          if (change.state === 'connecting' && change.error !== null) lost();
          if (change.state !== 'pending') return;
          attempts = 0;
          onConnection({ state: 'live' });
        },
        onError: again,
        onComplete: again,
      },
    );
  };
  const onVisibility = (): void => {
    if (document.visibilityState === 'hidden') {
      clearTimeout(timer);
      timer = setTimeout(hangUp, HIDDEN_MS);
    } else {
      clearTimeout(timer);
      if (subscription === undefined) follow();
    }
  };

  follow();
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    hangUp();
  };
}
