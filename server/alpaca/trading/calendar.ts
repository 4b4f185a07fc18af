/** `GET /v2/calendar`: trading days. The calendar is published years ahead, so that it tells nothing of the future. */
import * as z from 'zod';
import { tradingDays, tradingDaysBetween } from '../../engine/calendar/trading-day';
import { date } from '../../schema/instant';
import { choice, given } from '../../schema/query';
import { ok } from '../answer';
import { endpoint } from '../endpoint';
import { calendarDayToWire, settlementDate } from '../wire/calendar';

const calendarQuery = z.object({
  start: given(date).optional(),
  end: given(date).optional(),
  date_type: choice(['TRADING', 'SETTLEMENT'], 'TRADING'),
});

const FIRST = '0000-01-01';
const LAST = '9999-12-31';

export const getCalendar = endpoint({
  method: 'GET',
  path: '/v2/calendar',
  authorisation: 'own_session',
  query: calendarQuery,
  queryFault: 400,
  run: ({ query }) => {
    const start = query.start ?? FIRST;
    const end = query.end ?? LAST;
    const days =
      query.date_type === 'TRADING'
        ? tradingDaysBetween(start, end)
        : tradingDays().filter((day) => settlementDate(day) >= start && settlementDate(day) <= end);
    return ok(days.map(calendarDayToWire));
  },
});
