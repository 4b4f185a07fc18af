/** New York's wall clock in the browser, for axes and labels. The server decides what is open; this only writes times. */

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

const WALL = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
});

const offsets = new Map<number, number>();
const OFFSETS_MAX = 50_000;

function measureOffset(hour: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of WALL.formatToParts(hour)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour: hours = 0, minute = 0 } = parts;
  return Date.UTC(year, month - 1, day, hours, minute) - hour;
}

/** What to add to UTC for New York's wall time. Asked of Intl once an hour of data: it only changes on the hour. */
export function newYorkOffsetMs(time: number): number {
  const hour = Math.floor(time / HOUR_MS) * HOUR_MS;
  const known = offsets.get(hour);
  if (known !== undefined) return known;
  if (offsets.size >= OFFSETS_MAX) offsets.clear();
  const offset = measureOffset(hour);
  offsets.set(hour, offset);
  return offset;
}

/** A Date whose UTC fields read as New York's wall clock. */
export function newYorkWall(time: number): Date {
  return new Date(time + newYorkOffsetMs(time));
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const weekdayName = (wall: Date): string => WEEKDAYS[wall.getUTCDay()] ?? '';
export const monthName = (wall: Date): string => MONTHS[wall.getUTCMonth()] ?? '';

/** "Tue 2024-03-12 10:31:00 ET" */
export function formatClock(time: number): string {
  const wall = newYorkWall(time);
  return `${weekdayName(wall)} ${formatDate(time)} ${wall.toISOString().slice(11, 19)} ET`;
}

/** "2024-03-12" */
export function formatDate(time: number): string {
  return newYorkWall(time).toISOString().slice(0, 10);
}

/** "03-12 10:31:00" */
export function formatShort(time: number): string {
  return newYorkWall(time).toISOString().slice(5, 19).replace('T', ' ');
}

/** "10:31" */
export function formatMinute(time: number): string {
  return newYorkWall(time).toISOString().slice(11, 16);
}

/** Midnight in New York of the date that `time` falls on: where a daily bar is stamped. */
export function newYorkMidnight(time: number): number {
  const wall = newYorkWall(time);
  const midnight = Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate());
  // The offset at midnight may differ from the one at `time`, on the two days a year when clocks change.
  const guess = midnight - newYorkOffsetMs(time);
  return midnight - newYorkOffsetMs(guess - (guess % MINUTE_MS));
}
