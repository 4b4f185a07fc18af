/** Merges new bars into known ones and tells what changed; splits bars by calendar year. */
import { type BarColumns, BAR_FIELDS, emptyBars, firstAtOrAfter, sliceBars } from '../../engine/market/bars';

export interface Merged {
  readonly bars: BarColumns;
  readonly added: number;
  readonly replaced: number;
}

/** Both ascending and unique by time; where both have a bar, the one of `fresh` wins. */
export function mergeBars(known: BarColumns, fresh: BarColumns): Merged {
  const merged = emptyBars(known.length + fresh.length);
  let [length, added, replaced, left, right] = [0, 0, 0, 0, 0];
  while (left < known.length || right < fresh.length) {
    const knownTime = known.time[left] ?? Infinity;
    const freshTime = fresh.time[right] ?? Infinity;
    if (knownTime < freshTime) {
      copyBar(known, left++, merged, length++);
      continue;
    }
    if (knownTime > freshTime) added++;
    else if (!sameBar(known, left++, fresh, right)) replaced++;
    copyBar(fresh, right++, merged, length++);
  }
  // Copied, because a slice would keep the larger columns in memory and in the cache's account.
  return { bars: copyOf(sliceBars(merged, 0, length)), added, replaced };
}

function copyBar(from: BarColumns, index: number, to: BarColumns, at: number): void {
  for (const field of BAR_FIELDS) to[field][at] = from[field][index] as number;
}

/** Not known (NaN) equals not known. */
function sameBar(a: BarColumns, index: number, b: BarColumns, at: number): boolean {
  return BAR_FIELDS.every((field) => Object.is(a[field][index], b[field][at]));
}

function copyOf(bars: BarColumns): BarColumns {
  const copy = emptyBars(bars.length);
  for (const field of BAR_FIELDS) copy[field].set(bars[field]);
  return copy;
}

/** Years are of UTC: a file's span then needs no time zone to be known. */
export function byYear(bars: BarColumns): { readonly year: number; readonly bars: BarColumns }[] {
  const pieces: { year: number; bars: BarColumns }[] = [];
  for (let from = 0; from < bars.length;) {
    const year = new Date(bars.time[from] as number).getUTCFullYear();
    const to = firstAtOrAfter(bars.time, Date.UTC(year + 1, 0, 1));
    pieces.push({ year, bars: sliceBars(bars, from, to) });
    from = to;
  }
  return pieces;
}
