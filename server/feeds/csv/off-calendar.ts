/** Counts bars at times when the market was closed: a sign of a wrong time zone, or of off-market prints. */
import { newYorkDate } from '../../engine/calendar/new-york';
import { sessionClass, tradingDay, tradingDays } from '../../engine/calendar/trading-day';
import type { BarColumns } from '../../engine/market/bars';
import type { BaseTimeframe } from '../../engine/market/timeframe';

/** Bars before or after the years that the calendar knows are not counted. */
export function countOffCalendar(bars: BarColumns, timeframe: BaseTimeframe): number {
  const days = tradingDays();
  const [first, last] = [days[0], days[days.length - 1]];
  if (first === undefined || last === undefined) return 0;
  let count = 0;
  for (const time of bars.time) {
    if (time < first.extendedOpen || time >= last.extendedClose) continue;
    if (timeframe === '1Day' ? tradingDay(newYorkDate(time)) === undefined : sessionClass(time) === 'closed')
      count++;
  }
  return count;
}
