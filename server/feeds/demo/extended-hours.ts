/** Bars before the open and after the close of a liquid name: few shares, and the way to the next open's price. */
import type { TradingDay } from '../../engine/calendar/trading-day';
import type { Bar } from '../../engine/market/bars';
import { MINUTE_MS } from '../../engine/units/time';
import { printBar } from './bar-print';
import type { Character } from './characters';
import { type Random, wanderer } from './random';

/** Of a gap between close and open: how much happens in the evening, and how much in the morning. */
const EVENING_SHARE = 0.35;
const MORNING_SHARE = 0.4;
/** Of the regular volume. The first bar after the close holds the auction. */
const MORNING_VOLUME = 0.028;
const EVENING_VOLUME = 0.03;
const AUCTION_VOLUME = 0.1;
/** Share of minutes with a bar, near the session and far from it. */
const NEAR = 0.97;
const FAR = 0.42;
/** Minutes in which activity falls by a factor of e away from the session. */
const FADE = 90;
const VOLUME_NOISE = 0.8;

export interface Gap {
  /** Logarithms of the price at the close before and at the open after. */
  readonly from: number;
  readonly to: number;
  /** Standard deviation of a midday minute. */
  readonly deviation: number;
  /** Volume of a regular session. */
  readonly volume: number;
}

export function morningBars(random: Random, character: Character, day: TradingDay, gap: Gap): Bar[] {
  const minutes = (day.open - day.extendedOpen) / MINUTE_MS;
  const start = gap.from + (1 - MORNING_SHARE) * (gap.to - gap.from);
  const walk = { from: start, to: gap.to, distance: (minute: number) => minutes - minute };
  return quietBars(
    random,
    character,
    { ...gap, volume: gap.volume * MORNING_VOLUME },
    day.extendedOpen,
    minutes,
    walk,
  );
}

/** `closing`: the last regular price, at which the auction prints. */
export function eveningBars(
  random: Random,
  character: Character,
  day: TradingDay,
  gap: Gap,
  closing: number,
): Bar[] {
  const minutes = (day.extendedClose - day.close) / MINUTE_MS;
  const end = gap.from + EVENING_SHARE * (gap.to - gap.from);
  const walk = { from: gap.from, to: end, distance: (minute: number) => minute };
  const auction = printBar(random, character, {
    time: day.close,
    first: Math.log(closing),
    last: Math.log(closing),
    deviation: 0,
    volume: gap.volume * AUCTION_VOLUME * Math.exp(0.3 * random.normal()),
    singlePrice: true,
  });
  const quiet = { ...gap, volume: gap.volume * EVENING_VOLUME };
  return [
    auction,
    ...quietBars(random, character, quiet, day.close, minutes, walk).filter((bar) => bar.time > day.close),
  ];
}

interface Walk {
  readonly from: number;
  readonly to: number;
  /** Minutes to the regular session. */
  distance(minute: number): number;
}

function quietBars(
  random: Random,
  character: Character,
  { deviation, volume }: Gap,
  time: number,
  minutes: number,
  walk: Walk,
): Bar[] {
  const wiggle = wanderer(random, 15, (3 * deviation) ** 2);
  const total = FADE * (1 - Math.exp(-minutes / FADE));
  const bars: Bar[] = [];
  let before = walk.from;
  for (let minute = 0; minute < minutes; minute++) {
    const nearness = Math.exp(-walk.distance(minute) / FADE);
    const price = walk.from + ((walk.to - walk.from) * (minute + 1)) / minutes + wiggle();
    if (random.chance(FAR + (NEAR - FAR) * nearness)) {
      const shares = (volume * nearness) / total;
      bars.push(
        printBar(random, character, {
          time: time + minute * MINUTE_MS,
          first: before,
          last: price,
          deviation: deviation / 2,
          volume: shares * Math.exp(VOLUME_NOISE * random.normal() - VOLUME_NOISE ** 2 / 2),
          singlePrice: random.chance(1 - nearness),
        }),
      );
    }
    before = price;
  }
  return bars;
}
