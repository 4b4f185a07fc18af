/** Counts rows at times when the market was closed: a sign of a wrong time zone, or of off-market prints. */
import { newYorkDate } from '../../engine/calendar/new-york';
import { sessionClass, tradingDay, tradingDays } from '../../engine/calendar/trading-day';

/** Times before or after the years that the calendar knows are not counted. */
export function countOffCalendar(times: Float64Array, areDays: boolean): number {
  const days = tradingDays();
  const [first, last] = [days[0], days[days.length - 1]];
  if (first === undefined || last === undefined) return 0;
  let count = 0;
  for (const time of times) {
    if (time < first.extendedOpen || time >= last.extendedClose) continue;
    const isOff = areDays ? tradingDay(newYorkDate(time)) === undefined : sessionClass(time) === 'closed';
    if (isOff) count++;
  }
  return count;
}
