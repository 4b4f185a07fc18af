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
import { openFeedLine, type Changed, type Connection } from './feed-line';
import { useTRPC, useTRPCClient } from './trpc';

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
    const parts = { client, sessionId, after: first.current };
    return openFeedLine({ ...parts, onChange: refresh, onConnection: setConnection });
  }, [client, sessionId, refresh]);

  const feed = useMemo<Feed>(
    () => ({ connection, onClockMoved: clockMoved.listen }),
    [connection, clockMoved],
  );
  return <FeedContext value={feed}>{children}</FeedContext>;
}

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
