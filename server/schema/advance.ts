/** How far the clock is asked to go: one of duration, bars, target_time and until; none of them is one base bar. */
import * as z from 'zod';
import type { AdvanceTarget } from '../engine/simulation/command';
import { MINUTE_MS } from '../engine/units/time';
import { closed, optional, refuse, snakeCased } from './field';
import { dateOrInstant, firstInstant, parseDuration } from './instant';

/** A year of minutes in one step; further than that goes `until` or `target_time`. */
const BARS_MAX = 600_000;
const MINUTES_MAX = 20_000_000;

const UNTIL = ['next_event', 'open', 'close', 'end'] as const;
const WAYS = ['duration', 'bars', 'target_time', 'until'] as const;

const DURATION = 'expected minutes above 0, or an ISO 8601 duration like PT5M';

const duration = z.union([z.number(), z.string()], DURATION).transform((value, context) => {
  const minutes = typeof value === 'number' ? value : /^\d{1,9}$/.test(value) ? Number(value) : null;
  const milliseconds = minutes === null ? parseDuration(String(value)) : minutes * MINUTE_MS;
  const isSound =
    milliseconds !== null &&
    Number.isInteger(milliseconds) &&
    milliseconds > 0 &&
    milliseconds <= MINUTES_MAX * MINUTE_MS;
  if (isSound) return milliseconds;
  context.addIssue({ code: 'custom', message: `${DURATION}, found ${JSON.stringify(value).slice(0, 40)}` });
  return z.NEVER;
});

const EXPECTED_BARS = `expected a whole number from 1 to ${BARS_MAX}`;

/** Clients send numbers and strings of digits alike. */
const bars = z
  .union([z.number(), z.string().regex(/^\d{1,9}$/, EXPECTED_BARS)], EXPECTED_BARS)
  .transform(Number)
  .pipe(z.int(EXPECTED_BARS).min(1, EXPECTED_BARS).max(BARS_MAX, EXPECTED_BARS));

const advanceFields = closed({
  duration: optional(duration),
  bars: optional(bars),
  target_time: optional(dateOrInstant),
  until: optional(z.enum(UNTIL, `expected one of ${UNTIL.join(', ')}`)),
});

function targetOf(fields: z.output<typeof advanceFields>, context: z.RefinementCtx): AdvanceTarget {
  const ways = WAYS.filter((way) => fields[way] !== null);
  if (ways.length > 1) {
    refuse(context, ways[1] ?? '', `expected only one of ${WAYS.join(', ')}, found ${ways.join(' and ')}`);
    return z.NEVER;
  }
  if (fields.duration !== null) return { to: 'duration', durationMs: fields.duration };
  if (fields.target_time !== null) return { to: 'time', time: firstInstant(fields.target_time) };
  if (fields.until !== null) return { to: fields.until };
  return { to: 'bars', bars: fields.bars ?? 1 };
}

/** `POST /v1/sessions/{id}/time/advance`; no body at all is one base bar. */
export const advanceRequest = z.preprocess(
  (body) => snakeCased(body ?? {}),
  advanceFields.transform(targetOf),
);
