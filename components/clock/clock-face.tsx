/** Simulated now, in New York's time, and whether the market is open. */
import type { Clock } from '../client/trpc';
import { formatClock } from './new-york';

const PHASES: Record<
  Clock['phase'],
  { readonly word: string; readonly sign: string; readonly colour: string }
> = {
  pre: { word: 'Pre', sign: '◐', colour: 'text-warn' },
  open: { word: 'Open', sign: '●', colour: 'text-ok' },
  post: { word: 'Post', sign: '◑', colour: 'text-warn' },
  closed: { word: 'Closed', sign: '○', colour: 'text-muted' },
};

export function ClockFace({ clock }: { readonly clock: Clock }) {
  const { word, sign, colour } = PHASES[clock.phase];
  const utc = new Date(clock.now).toISOString();
  return (
    <div className="flex items-center gap-2.5 whitespace-nowrap">
      <time
        dateTime={utc}
        title={`${utc} (UTC)`}
        data-testid="clock"
        className="font-mono text-13 font-medium tabular-nums sm:text-14"
      >
        {formatClock(clock.now)}
      </time>
      <span data-testid="phase" className={`inline-flex items-center gap-1 text-12 font-medium ${colour}`}>
        <span aria-hidden="true">{sign}</span>
        {word}
      </span>
    </div>
  );
}
