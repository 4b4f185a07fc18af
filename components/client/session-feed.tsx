'use client';
/**
 * The live feed of a session: follows its commits, and makes what they changed be read again.
 *
 *   server commits 41 42 43 --SSE--> stepTo --> refetch what the events touched
 *                     44 missing --> gap    --> refetch everything
 *
 * The feed never draws anything itself, so what is on the screen always came from one read of the server.
 */
import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { stepTo } from './feed-position';
import { useTRPC, useTRPCClient } from './trpc';

export type Connection =
  | { readonly state: 'live' }
  | { readonly state: 'connecting' }
  | { readonly state: 'lost'; readonly attempts: number; readonly since: number };

type Listener = () => void;
interface Feed {
  readonly connection: Connection;
  /** Calls back after the clock moved or everything has to be read again. Returns how to stop. Never changes. */
  readonly onClockMoved: (listener: Listener) => () => void;
}

function newSignal() {
  const listeners = new Set<Listener>();
  return {
    listen: (listener: Listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell: () => listeners.forEach((listener) => listener()),
  };
}

const FeedContext = createContext<Feed | null>(null);

export function useFeed(): Feed {
  const feed = useContext(FeedContext);
  if (feed === null) throw new Error('expected to be inside SessionFeed');
  return feed;
}

/** Changes that come closer together than this are read once. */
const COALESCE_MS = 40;
const RETRY_FIRST_MS = 500;
const RETRY_MAX_MS = 8_000;

interface Props {
  readonly sessionId: string;
  /** The sequence that the first page was made at. */
  readonly after: number;
  readonly children: ReactNode;
}

export function SessionFeed({ sessionId, after, children }: Props) {
  const [connection, setConnection] = useState<Connection>({ state: 'connecting' });
  const [clockMoved] = useState(newSignal);
  const refresh = useRefresh(clockMoved.tell);
  const client = useTRPCClient();
  const first = useRef(after);

  useEffect(() => {
    let last = first.current;
    let attempts = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let subscription: { unsubscribe(): void } | undefined;

    const lost = (): void => {
      attempts += 1;
      setConnection((previous) => ({
        state: 'lost',
        attempts,
        since: previous.state === 'lost' ? previous.since : Date.now(),
      }));
    };
    const again = (): void => {
      lost();
      subscription?.unsubscribe();
      clearTimeout(timer);
      timer = setTimeout(follow, Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** Math.min(attempts, 8)));
    };
    const follow = (): void => {
      subscription = client.feed.follow.subscribe(
        { sessionId, after: last },
        {
          onData: ({ data }) => {
            const step = stepTo(last, data.sequence);
            last = data.sequence;
            if (step === 'next') refresh(data.eventTypes);
            if (step === 'gap') refresh('everything');
          },
          onConnectionStateChange: (change) => {
            if (change.state === 'pending') {
              attempts = 0;
              setConnection({ state: 'live' });
            }
            if (change.state === 'connecting' && change.error !== null) lost();
          },
          onError: again,
          onComplete: again,
        },
      );
    };

    follow();
    return () => {
      clearTimeout(timer);
      subscription?.unsubscribe();
    };
  }, [client, sessionId, refresh]);

  const feed = useMemo<Feed>(
    () => ({ connection, onClockMoved: clockMoved.listen }),
    [connection, clockMoved],
  );
  return <FeedContext value={feed}>{children}</FeedContext>;
}

type Changed = readonly string[] | 'everything';

/** Collects what changed for a moment, then has it read again in one request. */
function useRefresh(tellClockMoved: () => void): (changed: Changed) => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMemo(() => {
    const always: QueryKey[] = [trpc.clock.pathKey(), trpc.account.pathKey(), trpc.positions.pathKey()];
    const ofOrders: QueryKey[] = [trpc.orders.pathKey(), trpc.fills.pathKey()];
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let ordersChanged = false;
    let clockMoved = false;

    const flush = (): void => {
      waiting = undefined;
      for (const queryKey of ordersChanged ? [...always, ...ofOrders] : always) {
        void queryClient.invalidateQueries({ queryKey });
      }
      if (clockMoved) tellClockMoved();
      ordersChanged = clockMoved = false;
    };
    return (changed: Changed): void => {
      ordersChanged ||= changed === 'everything' || changed.some((type) => type.startsWith('Order'));
      clockMoved ||= changed === 'everything' || changed.includes('ClockAdvanced');
      waiting ??= setTimeout(flush, COALESCE_MS);
    };
  }, [trpc, queryClient, tellClockMoved]);
}
