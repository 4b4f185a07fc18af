/** What a day is like, minute by minute: how wild, how busy, and where the wind blows. Of the market, or of one name. */
import { type Random, wanderer } from './random';

/**
 * Wildness is the logarithm of volatility around its mean, in parts that last for days, for an hour, for
 * minutes: together they make the slow decay of the autocorrelation of absolute returns that markets show.
 */
const WILD_DAYS = { halfLife: 8, variance: 0.062 };
const WILD_HOUR = { halfLife: 80, variance: 0.062 };
const WILD_MINUTES = { halfLife: 4, variance: 0.07 };
/** The total, for keeping the mean of the variance where it is told to be. */
export const WILD_VARIANCE = WILD_DAYS.variance + WILD_HOUR.variance + WILD_MINUTES.variance;

/** The same for the logarithm of volume, beyond what comes with wildness. */
const BUSY_DAYS = { halfLife: 2, variance: 0.034 };
const BUSY_HOUR = { halfLife: 60, variance: 0.05 };
const BUSY_MINUTES = { halfLife: 4, variance: 0.05 };
export const BUSY_VARIANCE = BUSY_DAYS.variance + BUSY_HOUR.variance + BUSY_MINUTES.variance;

export interface DayWeather {
  readonly wild: Float64Array;
  readonly busy: Float64Array;
  /** Independent standard normals: the moves themselves. */
  readonly wind: Float64Array;
}

export function weatherOf(random: Random, sessions: readonly number[]): DayWeather[] {
  const wildDays = daysOf(random, sessions.length, WILD_DAYS);
  const busyDays = daysOf(random, sessions.length, BUSY_DAYS);
  return sessions.map((minutes, day) => {
    const wildHour = wanderer(random, WILD_HOUR.halfLife, WILD_HOUR.variance);
    const wildMinutes = wanderer(random, WILD_MINUTES.halfLife, WILD_MINUTES.variance);
    const busyHour = wanderer(random, BUSY_HOUR.halfLife, BUSY_HOUR.variance);
    const busyMinutes = wanderer(random, BUSY_MINUTES.halfLife, BUSY_MINUTES.variance);
    const fill = (value: () => number): Float64Array => Float64Array.from({ length: minutes }, value);
    return {
      wild: fill(() => (wildDays[day] as number) + wildHour() + wildMinutes()),
      busy: fill(() => (busyDays[day] as number) + busyHour() + busyMinutes()),
      wind: fill(() => random.normal()),
    };
  });
}

/** A quarter is a small sample of days: it is given the very mean and variance that it should have. */
function daysOf(random: Random, count: number, part: { halfLife: number; variance: number }): Float64Array {
  const days = Float64Array.from({ length: count }, wanderer(random, part.halfLife, part.variance));
  const mean = days.reduce((sum, value) => sum + value, 0) / count;
  const variance = days.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
  const stretch = variance === 0 ? 0 : Math.sqrt(part.variance / variance);
  return days.map((value) => (value - mean) * stretch);
}

/** Half of a name's weather is the market's; of the wind as much as its character says. Variances stay. */
export function mixedWeather(market: DayWeather, own: DayWeather, marketShare: number): DayWeather {
  return {
    wild: mixed(market.wild, own.wild, Math.SQRT1_2),
    busy: mixed(market.busy, own.busy, Math.SQRT1_2),
    wind: mixed(market.wind, own.wind, marketShare),
  };
}

function mixed(market: Float64Array, own: Float64Array, share: number): Float64Array {
  const rest = Math.sqrt(1 - share * share);
  return own.map((value, index) => share * (market[index] as number) + rest * value);
}
