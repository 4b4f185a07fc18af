/** Bars of one regular session, of a name that trades every minute or of one that does not. */
import type { Bar } from '../../engine/market/bars';
import { MINUTE_MS } from '../../engine/units/time';
import { printBar } from './bar-print';
import type { Character, Thinness } from './characters';
import type { DayShape } from './day-shape';
import type { SessionPath } from './path';
import type { Random } from './random';
import { BUSY_VARIANCE, type DayWeather, WILD_VARIANCE } from './weather';

/** How volume follows wildness, the size of the move itself, and chance. */
const LIQUID_VOLUME = { wild: 0.9, busy: 1, move: 0.25, noise: 0.3 };
const THIN_VOLUME = { wild: 1.1, busy: 1.7, move: 0.3, noise: 0.75 };
const MEAN_ABSOLUTE_NORMAL = Math.sqrt(2 / Math.PI);

/** Bars that open at the close before, beyond those that fall on it by the grid. */
const OPENS_AT_CLOSE = 0.12;
/** How far the others open from it, against the minute's deviation. */
const OPENS_BESIDE = 0.1;

/** Trades alternate between bid and ask: half the spread, against the deviation between two bars. */
const BOUNCE = 0.41;
/** Busy minutes follow each other, so that a thin name's silent ones do too. */
const SILENCE_CLUSTERS = 2;

export interface Session {
  readonly open: number;
  readonly path: SessionPath;
  readonly shape: DayShape;
  readonly weather: DayWeather;
  /** Logarithm of the price at the open. */
  readonly start: number;
  /** Mean volume of the session. */
  readonly volume: number;
}

export function regularBars(random: Random, character: Character, session: Session): Bar[] {
  const { moves, deviations } = session.path;
  const bars: Bar[] = [];
  let price = session.start;
  for (let minute = 0; minute < moves.length; minute++) {
    const before = price;
    price += moves[minute] as number;
    const deviation = deviations[minute] as number;
    const volume = volumeOf(random, session, minute, character.thin === null ? LIQUID_VOLUME : THIN_VOLUME);
    const time = session.open + minute * MINUTE_MS;
    if (character.thin !== null) {
      if (!random.chance(presence(character.thin, session, minute))) continue;
      bars.push(thinBar(random, character, character.thin, { time, before, price, deviation, volume }));
      continue;
    }
    const opensAt = random.chance(OPENS_AT_CLOSE) ? bars[bars.length - 1]?.close : undefined;
    const first = before + OPENS_BESIDE * deviation * (minute === 0 ? 0 : random.normal());
    bars.push(printBar(random, character, { time, first, last: price, deviation, volume, opensAt }));
  }
  return bars;
}

interface ThinMinute {
  readonly time: number;
  readonly before: number;
  readonly price: number;
  readonly deviation: number;
  readonly volume: number;
}

function thinBar(random: Random, character: Character, thin: Thinness, minute: ThinMinute): Bar {
  const bounce = (BOUNCE * minute.deviation) / Math.sqrt(thin.coverage);
  const side = (): number => (random.chance(0.5) ? bounce : -bounce);
  return printBar(random, character, {
    time: minute.time,
    first: minute.before + side(),
    last: minute.price + side(),
    deviation: minute.deviation / 2,
    volume: minute.volume / thin.coverage,
    singlePrice: random.chance(thin.singlePrice),
  });
}

function volumeOf(
  random: Random,
  { weather, shape, volume }: Session,
  minute: number,
  follows: typeof LIQUID_VOLUME,
): number {
  const exponent =
    follows.wild * (weather.wild[minute] as number) +
    follows.busy * (weather.busy[minute] as number) +
    follows.move * (Math.abs(weather.wind[minute] as number) - MEAN_ABSOLUTE_NORMAL) +
    follows.noise * random.normal();
  const spread = follows.wild ** 2 * WILD_VARIANCE + follows.busy ** 2 * BUSY_VARIANCE + follows.noise ** 2;
  return volume * (shape.volume[minute] as number) * Math.exp(exponent - spread / 2);
}

/** The chance of a bar: fewer at midday, more at the end, and silence comes in stretches. */
function presence({ coverage }: Thinness, { weather }: Session, minute: number): number {
  const minutes = weather.busy.length;
  const level = coverage * (0.9 + 0.25 * Math.exp(-minute / 30) + 0.8 * Math.exp(-(minutes - minute) / 25));
  const chance = Math.min(0.97, level);
  const odds = Math.log(chance / (1 - chance)) + SILENCE_CLUSTERS * (weather.busy[minute] as number);
  return 1 / (1 + Math.exp(-odds));
}
