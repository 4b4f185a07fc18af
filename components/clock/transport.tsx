'use client';
/** Moves simulated time: one bar, N bars, to the close. One step at a time, and only while the feed is live. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useFeed } from '../client/session-feed';
import { useTRPC, type Clock, type Inputs } from '../client/trpc';
import { Button } from '../ui/button';
import { Chip } from '../ui/chip';
import { ClockFace } from './clock-face';
import { useKeys, useKeysSetting } from './use-keys';

type Target = Inputs['clock']['advance']['target'];

const STEP_BARS_MAX = 10_000;
const STEP_BARS_FIRST = 10;

interface Props {
  readonly sessionId: string;
  readonly clock: Clock;
}

export function Transport({ sessionId, clock }: Props) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { connection } = useFeed();
  const [bars, setBars] = useState(String(STEP_BARS_FIRST));
  const [areKeysOn, setKeysOn] = useKeysSetting();
  const advance = useMutation(
    trpc.clock.advance.mutationOptions({
      onSuccess: (moved) => queryClient.setQueryData(trpc.clock.get.queryKey({ sessionId }), moved),
    }),
  );
  const { mutate, isPending } = advance;
  const count =
    /^\d+$/.test(bars) && Number(bars) >= 1 && Number(bars) <= STEP_BARS_MAX ? Number(bars) : null;
  const isOff = clock.isCompleted || connection.state === 'lost';

  const go = useCallback(
    (target: Target) => {
      if (!isPending && !isOff) mutate({ sessionId, target });
    },
    [isPending, isOff, mutate, sessionId],
  );
  const step = useCallback(() => go({ to: 'bars', bars: 1 }), [go]);
  const stepMany = useCallback(() => {
    if (count !== null) go({ to: 'bars', bars: count });
  }, [go, count]);
  const toClose = useCallback(() => go({ to: 'close' }), [go]);
  useKeys({ '.': step, '>': stepMany }, areKeysOn);

  return (
    <section
      aria-label="Time"
      className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line bg-surface-1 px-3 py-1"
    >
      <ClockFace clock={clock} />
      <div className="flex items-center gap-1.5 lg:ml-3">
        {/* Not disabled while a step runs: a button that is held down would lose the focus at every step. */}
        <Button look="primary" disabled={isOff} onClick={step} aria-keyshortcuts="." title="One bar ( . )">
          Step
        </Button>
        <Button
          disabled={isOff || count === null}
          onClick={stepMany}
          aria-keyshortcuts=">"
          title="N bars ( > )"
        >
          Step N
        </Button>
        <label className="sr-only" htmlFor="step-bars">
          Bars of Step N
        </label>
        <input
          id="step-bars"
          inputMode="numeric"
          value={bars}
          maxLength={5}
          aria-invalid={count === null}
          title={`1 to ${STEP_BARS_MAX} bars`}
          onChange={(event) => setBars(event.target.value.trim())}
          className="h-8 w-14 rounded-[4px] border border-control bg-surface-0 px-2 text-right text-13 tabular-nums aria-invalid:border-error max-lg:h-11"
        />
        <Button disabled={isOff} onClick={toClose} title="To the close of the trading day">
          Run to close
        </Button>
      </div>
      {clock.isCompleted ? <Chip>End of the session</Chip> : null}
      {advance.isError ? (
        <p role="alert" className="text-12 text-error">
          <span aria-hidden="true">✕ </span>
          {advance.error.message}
        </p>
      ) : null}
      <label className="ml-auto flex min-h-6 items-center gap-1.5 text-12 text-muted max-lg:hidden">
        <input type="checkbox" checked={areKeysOn} onChange={(event) => setKeysOn(event.target.checked)} />
        Single keys
        <kbd className="rounded-[3px] border border-line px-1 font-mono text-11">.</kbd>
        <kbd className="rounded-[3px] border border-line px-1 font-mono text-11">&gt;</kbd>
        <kbd className="rounded-[3px] border border-line px-1 font-mono text-11">B</kbd>
        <kbd className="rounded-[3px] border border-line px-1 font-mono text-11">S</kbd>
      </label>
    </section>
  );
}
