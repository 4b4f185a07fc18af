/** The market's clock as Alpaca writes it: simulated now, with New York's offset. */
import { isOpen, nextClose, nextOpen } from '../../engine/calendar/trading-day';
import type { EpochMs } from '../../engine/units/time';
import { newYorkInstant } from './instant';

export function clockToWire(now: EpochMs) {
  return {
    timestamp: newYorkInstant(now),
    is_open: isOpen(now),
    next_open: newYorkInstant(nextOpen(now)),
    next_close: newYorkInstant(nextClose(now)),
  };
}
