/** One measured line of the bench, and how it is shown to people. */

export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it is held against: another program's value in the same run, or a target. */
  readonly floor: number;
  /** Cost relative to the floor, smaller is better; for a rate it is target over measured. */
  readonly ratio: number;
  /** What `ratio` must not exceed; null when nothing is promised. */
  readonly bar: number | null;
}

/** A cost against the cost of something else, or against a target cost. */
export function costRow(name: string, value: number, unit: string, floor: number, bar: number | null): Row {
  return { name, value: round(value), unit, floor: round(floor), ratio: round(value / floor), bar };
}

/** A rate against a target rate. */
export function rateRow(name: string, value: number, unit: string, target: number): Row {
  return { name, value: round(value), unit, floor: target, ratio: round(target / value), bar: 1 };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('expected at least one measurement');
  return middle;
}

/** Rows as a table, with a word on each that is over its bar. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    row.name,
    `${row.value} ${row.unit}`,
    `${row.floor} ${row.unit}`,
    `${row.ratio}x`,
    row.bar === null ? '-' : `${row.bar}x`,
    verdict(row),
  ]);
  const all = [['what', 'measured', 'floor or target', 'ratio', 'bar', ''], ...lines];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? [];
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function verdict({ ratio, bar }: Row): string {
  if (bar === null) return '';
  return ratio <= bar ? 'ok' : 'over its bar';
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
