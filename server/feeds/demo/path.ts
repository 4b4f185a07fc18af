/** A name's moves over all sessions: by minute while the market is open, and the gaps between sessions. */
import type { Character } from './characters';
import type { DayShape } from './day-shape';
import type { Random } from './random';
import { type DayWeather, WILD_VARIANCE } from './weather';

/** White noise in the logarithm of volatility: single minutes that stand out. */
const NOISE_VARIANCE = 0.06;
/** Gaps have fat tails: a normal divided by the root of a gamma-like draw (Student's t, four degrees). */
const GAP_DEGREES = 4;
/** Once in a quarter there is news: the largest gap, and the most that the others may have, in deviations. */
const GAP_LARGEST = 3.8;
const GAP_ORDINARY = 3;
/** Beyond this a gap goes back towards the first price: a low-priced name stays one for the quarter. */
const HOME = 0.2;

export interface SessionPath {
  /** Logarithmic return of each minute, from the minute before; the first from the open. */
  readonly moves: Float64Array;
  /** Standard deviation that each of them had. */
  readonly deviations: Float64Array;
  /** Logarithmic move from the close before to this open. */
  readonly gap: number;
}

export function pathOf(
  random: Random,
  character: Character,
  days: readonly { readonly weather: DayWeather; readonly shape: DayShape }[],
): SessionPath[] {
  const sessions = days.map(({ weather, shape }) => movesOf(random, character, weather, shape));
  const dayVariance = meanOf(sessions.map(({ moves }) => sumOf(moves.map((move) => move * move))));
  straighten(
    sessions.map(({ moves }) => moves),
    dayVariance,
  );
  const { overnightShare } = character;
  const gaps = gapsOf(random, days.length, Math.sqrt((dayVariance * overnightShare) / (1 - overnightShare)));
  let away = 0;
  return sessions.map((session, index) => {
    const drawn = gaps[index] as number;
    const gap = Math.abs(away) > HOME ? -Math.sign(away) * Math.abs(drawn) : drawn;
    away += gap + sumOf(session.moves);
    return { ...session, gap };
  });
}

function movesOf(
  random: Random,
  { dayMoveBps }: Character,
  { wild, wind }: DayWeather,
  { swing }: DayShape,
): { moves: Float64Array; deviations: Float64Array } {
  const mean = (dayMoveBps / 10_000 / Math.sqrt(swing.length)) * Math.exp(-WILD_VARIANCE - NOISE_VARIANCE);
  const deviations = swing.map((factor, minute) => {
    const noise = Math.sqrt(NOISE_VARIANCE) * random.normal();
    return mean * factor * Math.exp((wild[minute] as number) + noise);
  });
  return { deviations, moves: deviations.map((deviation, minute) => deviation * (wind[minute] as number)) };
}

/**
 * Makes the sum of the minutes' variances equal that of the days, as it does in markets on the whole but not
 * in every sample of sixty: each day's total is stretched a little, spread evenly over its minutes.
 */
function straighten(days: readonly Float64Array[], dayVariance: number): void {
  const stretch = Math.sqrt(dayVariance / meanOf(days.map((moves) => sumOf(moves) ** 2)));
  for (const moves of days) {
    const each = ((stretch - 1) * sumOf(moves)) / moves.length;
    for (let minute = 0; minute < moves.length; minute++) moves[minute] = (moves[minute] as number) + each;
  }
}

/** Of exactly the standard deviation that is asked for; the first session has none before it. */
function gapsOf(random: Random, count: number, deviation: number): Float64Array {
  const gaps = Float64Array.from({ length: count }, (_, index) => (index === 0 ? 0 : student(random)));
  const news = gaps.reduce(
    (largest, gap, index) => (Math.abs(gap) > Math.abs(gaps[largest] ?? 0) ? index : largest),
    0,
  );
  for (let round = 0; round < 3; round++) {
    const scale = Math.sqrt(meanOf([...gaps.subarray(1)].map((gap) => gap * gap)));
    gaps.forEach((gap, index) => {
      const size = index === news ? GAP_LARGEST : Math.min(GAP_ORDINARY, Math.abs(gap / scale));
      gaps[index] = Math.sign(gap) * size;
    });
  }
  return gaps.map((gap) => gap * deviation);
}

function student(random: Random): number {
  let squares = 0;
  for (let degree = 0; degree < GAP_DEGREES; degree++) squares += random.normal() ** 2;
  return random.normal() / Math.sqrt(squares / GAP_DEGREES);
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}
