/** Prints a bar from what happened in its minute: prices on the grid, whole shares, a believable vwap. */
import type { Bar } from '../../engine/market/bars';
import type { Character } from './characters';
import type { Random } from './random';

/** Minutes whose extreme is the open or the close: beyond it nobody traded. */
const NOTHING_BEYOND = 0.14;
/** Trades that do not update high and low still count in the vwap. */
const VWAP_OUTSIDE = 0.035;
const TRADE_SIZE_SPREAD = 0.35;

export interface Minute {
  readonly time: number;
  /** Logarithms of the first and the last price, before they fall on the grid. */
  readonly first: number;
  readonly last: number;
  /** How far prices wander between them: standard deviation of the minute. */
  readonly deviation: number;
  readonly volume: number;
  /** The bar opens at this very price. */
  readonly opensAt?: number | undefined;
  readonly singlePrice?: boolean;
}

export function printBar(random: Random, character: Character, minute: Minute): Bar {
  const close = snap(random, character, Math.exp(minute.last));
  const single = minute.singlePrice === true;
  const open = single ? close : (minute.opensAt ?? snap(random, character, Math.exp(minute.first)));
  const [top, bottom] = [Math.max(minute.first, minute.last), Math.min(minute.first, minute.last)];
  const high = single ? close : snap(random, character, Math.exp(top + beyond(random, minute)));
  const low = single ? close : snap(random, character, Math.exp(bottom - beyond(random, minute)));
  const prices = { open, high: Math.max(open, high, close), low: Math.min(open, low, close), close };
  const volume = Math.max(1, Math.round(minute.volume));
  const trades = tradesOf(random, character, volume, prices.high > prices.low);
  const vwap = vwapOf(random, prices.low, prices.high);
  return { time: minute.time, ...prices, volume: Math.max(volume, trades), vwap, tradeCount: trades };
}

/**
 * How far a minute went beyond its first and last price: the maximum of a Brownian bridge between them
 * (Karatzas and Shreve, "Brownian Motion and Stochastic Calculus", 4.3.40).
 */
function beyond(random: Random, { first, last, deviation }: Minute): number {
  if (random.chance(NOTHING_BEYOND)) return 0;
  const move = last - first;
  const spread = -2 * deviation * deviation * Math.log(1 - random.uniform());
  return (Math.sqrt(move * move + spread) - Math.abs(move)) / 2;
}

/** Quotes are in cents; trades at the midpoint of an odd spread fall on the half. */
function snap(random: Random, { halfCents }: Character, price: number): number {
  if (random.chance(halfCents)) return (2 * Math.max(0, Math.floor(price * 100)) + 1) / 200;
  return Math.max(1, Math.round(price * 100)) / 100;
}

function tradesOf(random: Random, { sharesPerTrade }: Character, volume: number, several: boolean): number {
  const size = sharesPerTrade * Math.exp(TRADE_SIZE_SPREAD * random.normal());
  return Math.max(several ? 2 : 1, Math.round(volume / size));
}

/** To a hundredth of a cent. */
function vwapOf(random: Random, low: number, high: number): number {
  const inside = (random.uniform() + random.uniform()) / 2;
  const outside = random.chance(0.5) ? 1 + 0.1 * inside : -0.1 * inside;
  const place = random.chance(VWAP_OUTSIDE) ? outside : inside;
  return Math.round((low + (high - low) * place) * 10_000) / 10_000;
}
