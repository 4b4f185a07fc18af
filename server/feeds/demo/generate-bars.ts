/** Generates the demo symbols' minute bars from a seed: a quarter with a clock change and two half days. */
import { type TradingDay, tradingDaysBetween } from '../../engine/calendar/trading-day';
import type { Bar } from '../../engine/market/bars';
import { MINUTE_MS } from '../../engine/units/time';
import { type Character, CHARACTERS } from './characters';
import { type DayShape, dayShape, FULL_SESSION } from './day-shape';
import { eveningBars, morningBars } from './extended-hours';
import { pathOf, type SessionPath } from './path';
import { type Random, randomOf } from './random';
import { regularBars } from './regular-hours';
import { type DayWeather, mixedWeather, weatherOf } from './weather';

/** Clocks change on 3 November; 29 November and 24 December close at 13:00. */
export const DEMO_FROM = '2024-10-01';
export const DEMO_TO = '2024-12-31';

const HALF_DAY_VOLUME = 0.42;

export interface DemoSymbol {
  readonly character: Character;
  readonly bars: readonly Bar[];
}

/** One symbol after the other, so that nobody has to hold them all. */
export function* generateBars(seed: string): Generator<DemoSymbol> {
  const days = tradingDaysBetween(DEMO_FROM, DEMO_TO);
  const market = weatherOf(randomOf(`${seed}/market`), days.map(minutesOf));
  for (const character of CHARACTERS) {
    yield { character, bars: symbolBars(randomOf(`${seed}/${character.symbol}`), character, days, market) };
  }
}

interface Day {
  readonly day: TradingDay;
  readonly shape: DayShape;
  readonly weather: DayWeather;
  readonly volume: number;
}

function symbolBars(
  random: Random,
  character: Character,
  tradingDays: readonly TradingDay[],
  market: readonly DayWeather[],
): Bar[] {
  const own = weatherOf(random, tradingDays.map(minutesOf));
  const days = tradingDays.map((day, index): Day => {
    const minutes = minutesOf(day);
    const weather = mixedWeather(
      market[index] as DayWeather,
      own[index] as DayWeather,
      character.marketShare,
    );
    const volume = character.dayVolume * (minutes === FULL_SESSION ? 1 : HALF_DAY_VOLUME);
    return { day, shape: dayShape(character, minutes), weather, volume };
  });
  const paths = pathOf(random, character, days);
  const bars: Bar[] = [];
  let price = Math.log(character.firstPrice);
  days.forEach((day, index) => {
    const path = paths[index] as SessionPath;
    const open = price + path.gap;
    const close = open + path.moves.reduce((sum, move) => sum + move, 0);
    const nextOpen = close + (paths[index + 1]?.gap ?? 0);
    const session = { open: day.day.open, path, start: open, ...day };
    const regular = regularBars(random, character, session);
    const quiet = { volume: day.volume, deviation: middayDeviation(path) };
    if (character.thin === null)
      bars.push(...morningBars(random, character, day.day, { from: price, to: open, ...quiet }));
    bars.push(...regular);
    if (character.thin === null) {
      const closing = regular[regular.length - 1]?.close ?? Math.exp(close);
      bars.push(...eveningBars(random, character, day.day, { from: close, to: nextOpen, ...quiet }, closing));
    }
    price = close;
  });
  return bars;
}

function minutesOf({ open, close }: TradingDay): number {
  return (close - open) / MINUTE_MS;
}

function middayDeviation({ deviations }: SessionPath): number {
  return deviations[Math.floor(deviations.length / 2)] as number;
}
