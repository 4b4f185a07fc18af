/** The shape of a trading day: volume and swing by minute, high at the open, low at midday, higher at the close. */
import type { Character } from './characters';

/** Minutes of a full session; a half day is this shape in 210 minutes. */
export const FULL_SESSION = 390;
/** Decay of the first and last minutes' excess, in minutes of a full session. */
const OPEN_DECAY = 28;
const CLOSE_DECAY = 22;
const SWING_DECAY = 26;
/** The opening and the last bar stand above their neighbours (auction prints, orders that must be done). */
const FIRST_BAR = 3;
const LAST_BAR = 2.6;
/** Besides, the whole morning and afternoon stand above midday. */
const BOWL = 0.55;
const SWING_AT_CLOSE = 0.34;
/** On a half day more of the day's business is left for its last minutes. */
const HALF_DAY_CLOSE = 1.4;

export interface DayShape {
  /** Sums to 1. */
  readonly volume: Float64Array;
  /** Mean of squares 1: a session's variance does not depend on its shape. */
  readonly swing: Float64Array;
}

export function dayShape(character: Character, minutes: number): DayShape {
  const { volumeAtOpen, volumeAtClose, swingAtOpen } = character;
  const stretch = FULL_SESSION / minutes;
  const closing = volumeAtClose * (minutes === FULL_SESSION ? 1 : HALF_DAY_CLOSE);
  const volume = new Float64Array(minutes);
  const swing = new Float64Array(minutes);
  for (let minute = 0; minute < minutes; minute++) {
    const since = minute * stretch;
    const until = (minutes - 1 - minute) * stretch;
    const bowl = BOWL * ((since - until) / FULL_SESSION) ** 2;
    const edge = minute === 0 ? FIRST_BAR : minute === minutes - 1 ? LAST_BAR : 1;
    volume[minute] =
      edge *
      (1 + bowl + volumeAtOpen * Math.exp(-since / OPEN_DECAY) + closing * Math.exp(-until / CLOSE_DECAY));
    swing[minute] =
      1 + swingAtOpen * Math.exp(-since / SWING_DECAY) + SWING_AT_CLOSE * Math.exp(-until / CLOSE_DECAY);
  }
  return {
    volume: scaled(volume, 1 / volume.reduce((sum, value) => sum + value, 0)),
    swing: scaled(swing, 1 / Math.sqrt(swing.reduce((sum, value) => sum + value * value, 0) / minutes)),
  };
}

function scaled(values: Float64Array, factor: number): Float64Array {
  return values.map((value) => value * factor);
}
