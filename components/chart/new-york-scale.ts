/**
 * A time axis that thinks in New York days while its data stay true UTC seconds.
 *
 * The chart chooses its ticks by weights, and its own behaviour weighs UTC days: in winter a day's tick would
 * sit at 19:00 of the evening before. Shifting the data instead would give two bars one time when clocks go back.
 */
import {
  defaultHorzScaleBehavior,
  TickMarkType,
  type Time,
  type TimeScalePoint,
  type TickMarkWeightValue,
} from 'lightweight-charts';
import { formatClock, formatMinute, monthName, newYorkOffsetMs, newYorkWall } from '../clock/new-york';

interface WeighedPoint {
  timeWeight: TickMarkWeightValue;
  readonly time: TimeScalePoint['time'];
}

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
const WEIGHT = { year: 70, month: 60, day: 50 } as const;
/** Spans inside a day, the largest first, with the chart's own weights. */
const SPANS: readonly (readonly [seconds: number, weight: number])[] = [
  [12 * HOUR, 33],
  [6 * HOUR, 32],
  [3 * HOUR, 31],
  [HOUR, 30],
  [30 * MINUTE, 22],
  [5 * MINUTE, 21],
  [MINUTE, 20],
];

const wallSeconds = (seconds: number): number => seconds + newYorkOffsetMs(seconds * 1_000) / 1_000;

/** The weight of the largest unit of New York's calendar that changed between two bars, in UTC seconds. */
export function tickWeight(previous: number, seconds: number): number {
  const [before, now] = [wallSeconds(previous), wallSeconds(seconds)];
  if (Math.floor(before / DAY) !== Math.floor(now / DAY)) {
    const [from, to] = [new Date(before * 1_000), new Date(now * 1_000)];
    if (from.getUTCFullYear() !== to.getUTCFullYear()) return WEIGHT.year;
    return from.getUTCMonth() === to.getUTCMonth() ? WEIGHT.day : WEIGHT.month;
  }
  const changed = SPANS.find(([span]) => Math.floor(before / span) !== Math.floor(now / span));
  return changed === undefined ? 0 : changed[1];
}

export class NewYorkScale extends defaultHorzScaleBehavior() {
  override fillWeightsForPoints(points: readonly WeighedPoint[], start: number): void {
    const first = points[0];
    const last = points[points.length - 1];
    if (first === undefined || last === undefined) return;
    const secondsOf = (point: WeighedPoint): number => Number(this.key(point.time));
    // Nothing stands before the first bar, so the usual distance between bars is taken for it.
    const usual = points.length < 2 ? DAY : (secondsOf(last) - secondsOf(first)) / (points.length - 1);
    for (const [index, point] of points.entries()) {
      if (index < start) continue;
      const before = points[index - 1];
      const previous = before === undefined ? secondsOf(point) - Math.ceil(usual) : secondsOf(before);
      point.timeWeight = tickWeight(previous, secondsOf(point)) as TickMarkWeightValue;
    }
  }
}

const millisecondsOf = (time: Time): number => Number(time) * 1_000;

/** The words below the axis: the year, the month, the day, or New York's minute. */
export function tickLabel(time: Time, type: TickMarkType): string {
  const wall = newYorkWall(millisecondsOf(time));
  if (type === TickMarkType.Year) return String(wall.getUTCFullYear());
  if (type === TickMarkType.Month) return monthName(wall);
  if (type === TickMarkType.DayOfMonth) return `${monthName(wall)} ${wall.getUTCDate()}`;
  return formatMinute(millisecondsOf(time));
}

/** The words at the crosshair. */
export function crosshairLabel(time: Time): string {
  return formatClock(millisecondsOf(time)).replace(/:00 ET$/, ' ET');
}
