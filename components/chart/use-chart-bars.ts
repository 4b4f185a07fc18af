'use client';
/** Keeps a chart's bars: reads the newest window, adds the tail when the clock moved, fetches older ones on demand. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { useFeed } from '../client/session-feed';
import { useTRPCClient } from '../client/trpc';
import { rowsOf, withOlder, withTail, BARS_HELD_MAX, type ChartBar } from './bar-series';
import type { ChartTimeframe } from './timeframes';

const WINDOW_BARS = 2_000;
const TAIL_BARS = 1_000;

export interface ChartBars {
  readonly state: 'loading' | 'ready' | 'failed';
  readonly message: string | null;
  readonly retry: () => void;
  readonly wantOlder: () => void;
}

interface Outcome {
  readonly of: string;
  readonly state: ChartBars['state'];
  readonly message: string | null;
}

interface Series {
  readonly sessionId: string;
  readonly symbol: string;
  readonly timeframe: ChartTimeframe;
}

/** `onBars` gets all bars that are held; `isNew` tells the first ones of another symbol or timeframe. */
export function useChartBars(
  series: Series,
  onBars: (bars: readonly ChartBar[], isNew: boolean) => void,
): ChartBars {
  const { sessionId, symbol, timeframe } = series;
  const client = useTRPCClient();
  const { onClockMoved } = useFeed();
  const [attempt, setAttempt] = useState(0);
  /** What came of reading, and of which series: an outcome of the former one does not count for the next. */
  const wanted = `${sessionId} ${symbol} ${timeframe.id} ${attempt}`;
  const [outcome, setOutcome] = useState<Outcome>({ of: '', state: 'loading', message: null });
  const wantOlder = useRef<() => void>(() => undefined);

  useEffect(() => {
    const input = { sessionId, symbol, timeframe: timeframe.id };
    const reading = new AbortController();
    const { signal } = reading;
    let held: ChartBar[] = [];
    let hasOlder = false;
    let isReadingOlder = false;
    let isReadingTail = false;
    let isTailWanted = false;
    let isLoaded = false;

    const failed = (error: unknown): void => {
      if (signal.aborted) return;
      const message = error instanceof Error ? error.message : String(error);
      setOutcome({ of: wanted, state: 'failed', message });
    };
    const readWindow = async (isNew: boolean): Promise<void> => {
      const page = await client.bars.window.query({ ...input, limit: WINDOW_BARS }, { signal });
      if (signal.aborted) return;
      held = rowsOf(page.bars);
      hasOlder = page.hasOlder;
      isLoaded = true;
      setOutcome({ of: wanted, state: 'ready', message: null });
      onBars(held, isNew);
    };
    /** One read at a time; what moved meanwhile is read by the next one. */
    const readTail = async (): Promise<void> => {
      isTailWanted = true;
      if (isReadingTail || !isLoaded) return;
      isReadingTail = true;
      try {
        while (isTailWanted && !signal.aborted) await readTailOnce();
      } finally {
        isReadingTail = false;
      }
    };
    const readTailOnce = async (): Promise<void> => {
      isTailWanted = false;
      const last = held.at(-1);
      if (last === undefined) return readWindow(true);
      const page = await client.bars.tail.query({ ...input, from: last.time, limit: TAIL_BARS }, { signal });
      if (signal.aborted) return;
      if (page.hasMore) await readWindow(false);
      else onBars((held = withTail(held, rowsOf(page.bars))), false);
    };
    wantOlder.current = () => {
      const first = held[0];
      if (isReadingOlder || !hasOlder || first === undefined || held.length >= BARS_HELD_MAX) return;
      isReadingOlder = true;
      client.bars.window
        .query({ ...input, before: first.time, limit: WINDOW_BARS }, { signal })
        .then((page) => {
          hasOlder = page.hasOlder;
          onBars((held = withOlder(held, rowsOf(page.bars))), false);
        })
        .catch(failed)
        .finally(() => (isReadingOlder = false));
    };

    readWindow(true)
      .then(() => (isTailWanted ? readTail() : undefined))
      .catch(failed);
    const stop = onClockMoved(() => void readTail().catch(failed));
    return () => {
      stop();
      reading.abort();
      wantOlder.current = () => undefined;
    };
  }, [client, sessionId, symbol, timeframe, wanted, onBars, onClockMoved]);

  return {
    state: outcome.of === wanted ? outcome.state : 'loading',
    message: outcome.of === wanted ? outcome.message : null,
    retry: useCallback(() => setAttempt((count) => count + 1), []),
    wantOlder: useCallback(() => wantOlder.current(), []),
  };
}
