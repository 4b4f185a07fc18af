/** A trading day as Alpaca writes it, with the day its trades settle. */
import { tradingDayByIndex, type TradingDay } from '../../engine/calendar/trading-day';
import type { EpochMs } from '../../engine/units/time';
import { newYorkInstant } from './instant';

/** Trades settle two trading days later; one since that date (SEC Rule 15c6-1). */
const NEXT_DAY_SETTLEMENT = '2024-05-28';

/** `09:30` in New York. */
const wallTime = (time: EpochMs): string => newYorkInstant(time).slice(11, 16);

export function settlementDate(day: TradingDay): string {
  const days = day.date >= NEXT_DAY_SETTLEMENT ? 1 : 2;
  // The calendar's last days settle after its end.
  return tradingDayByIndex(day.index + days)?.date ?? day.date;
}

export function calendarDayToWire(day: TradingDay) {
  return {
    date: day.date,
    open: wallTime(day.open),
    close: wallTime(day.close),
    session_open: wallTime(day.extendedOpen).replace(':', ''),
    session_close: wallTime(day.extendedClose).replace(':', ''),
    settlement_date: settlementDate(day),
  };
}
