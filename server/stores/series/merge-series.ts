/** Merges new rows into known ones, instant by instant, and tells what changed; splits rows by the files they go to. */
import { firstAtOrAfter } from '../../engine/market/bars';
import {
  type Column,
  columnOf,
  type ColumnShape,
  copyColumns,
  emptyColumns,
  endOfInstant,
  fieldsOf,
  sliceColumns,
  type TimedColumns,
} from '../../sessions/columns';
import type { SeriesKind } from './series-kind';

export interface Merged<C> {
  readonly columns: C;
  readonly added: number;
  readonly replaced: number;
}

/**
 * Both ascending by time. Where both know an instant, all its rows of `fresh` win: one bar of a minute, or the
 * trades of a millisecond.
 */
export function mergeSeries<C extends TimedColumns>(shape: ColumnShape<C>, known: C, fresh: C): Merged<C> {
  const merged = emptyColumns(shape, known.length + fresh.length);
  const trios = fieldsOf(shape).map(([name]) => ({
    ofKnown: columnOf(known, name),
    ofFresh: columnOf(fresh, name),
    ofMerged: columnOf(merged, name),
  }));
  let [length, added, replaced, left, right] = [0, 0, 0, 0, 0];
  const keepKnown = (end: number): void => {
    for (const { ofKnown, ofMerged } of trios) ofMerged.set(ofKnown.subarray(left, end), length);
    length += end - left;
    left = end;
  };
  const takeFresh = (end: number): void => {
    for (const { ofFresh, ofMerged } of trios) ofMerged.set(ofFresh.subarray(right, end), length);
    length += end - right;
    right = end;
  };
  while (left < known.length && right < fresh.length) {
    const knownTime = known.time[left] as number;
    const freshTime = fresh.time[right] as number;
    if (knownTime < freshTime) keepKnown(firstAtOrAfter(known.time, freshTime));
    else if (knownTime > freshTime) {
      const end = firstAtOrAfter(fresh.time, knownTime);
      added += end - right;
      takeFresh(end);
    } else {
      const [knownEnd, end] = [endOfInstant(known, left), endOfInstant(fresh, right)];
      const [before, after] = [knownEnd - left, end - right];
      if (before !== after || !trios.every((trio) => sameRows(trio, left, right, after))) {
        replaced += before;
        added += Math.max(0, after - before);
      }
      left = knownEnd;
      takeFresh(end);
    }
  }
  added += fresh.length - right;
  keepKnown(known.length);
  takeFresh(fresh.length);
  // Copied, because a slice would keep the larger columns in memory and in the cache's account.
  return { columns: copyColumns(shape, sliceColumns(shape, merged, 0, length)), added, replaced };
}

/** Not known (NaN) equals not known. */
function sameRows(
  { ofKnown, ofFresh }: { readonly ofKnown: Column; readonly ofFresh: Column },
  left: number,
  right: number,
  count: number,
): boolean {
  for (let row = 0; row < count; row++) {
    if (!Object.is(ofKnown[left + row], ofFresh[right + row])) return false;
  }
  return true;
}

export function byPeriod<C extends TimedColumns>(
  kind: SeriesKind<C>,
  columns: C,
): { readonly period: string; readonly columns: C }[] {
  const pieces: { period: string; columns: C }[] = [];
  for (let from = 0; from < columns.length;) {
    const { name, end } = kind.periodAt(columns.time[from] as number);
    const to = firstAtOrAfter(columns.time, end);
    pieces.push({ period: name, columns: sliceColumns(kind.shape, columns, from, to) });
    from = to;
  }
  return pieces;
}
