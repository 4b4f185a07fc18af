/** The timestamp of a row that covers a minute. */
import { MINUTE_MS } from '../../engine/units/time';
import type { CsvRow } from './csv-row';

/** NaN, and a fault of the row, when it is not the start of a minute. */
export function minuteStart<Column extends string>(row: CsvRow<Column | 'timestamp'>): number {
  const time = row.time('timestamp');
  if (time % MINUTE_MS !== 0 || row.isDateOnly) {
    if (!Number.isNaN(time)) row.fault('timestamp', 'the start of a minute');
    return NaN;
  }
  return time;
}
