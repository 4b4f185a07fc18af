/** What regulators charged on sales of stock, by trade date: the SEC's Section 31 fee and FINRA's trading activity fee. */
import { money, ratio } from '../units/decimal';
import {
  BILLION,
  multiplyDivide,
  smaller,
  type Money,
  type Quantity,
  type Ratio,
} from '../units/fixed-point';

/** Dollars per million dollars of sales, from its first trade date on. */
interface SecRate {
  readonly from: string;
  readonly perMillion: Ratio;
}

/** Dollars per share sold, with a maximum for each trade. */
interface TafRate {
  readonly from: string;
  readonly perShare: Ratio;
  readonly tradeMax: Money;
}

/**
 * Alpaca's fee pages state 27.80 for 2024 to early 2025 and 0.00 after. The two start dates and the 8.00 before
 * them are commonly known and not confirmed by those pages; rates before 2023 and from April 2026 on differ.
 */
const SEC: readonly SecRate[] = [
  { from: '0000-00-00', perMillion: ratio('8') },
  { from: '2024-05-22', perMillion: ratio('27.8') },
  { from: '2025-05-14', perMillion: ratio('0') },
];

/**
 * Alpaca's fee pages state 0.000119 (maximum 5.95) around 2021 and 0.000166 (maximum 8.30) for 2024 and 2025.
 * The years between them take the older rate, and 2026 the newer one: their own rates are not established.
 */
const TAF: readonly TafRate[] = [
  { from: '0000-00-00', perShare: ratio('0.000119'), tradeMax: money('5.95') },
  { from: '2024-01-01', perShare: ratio('0.000166'), tradeMax: money('8.30') },
];

const MILLION = 1_000_000n;

/** Exact, before the rounding of a day's sum. */
export function secFee(date: string, proceeds: Money): Money {
  return multiplyDivide(proceeds, inForce(SEC, date).perMillion, BILLION * MILLION, 'up') as Money;
}

export function tradingActivityFee(date: string, quantity: Quantity): Money {
  const { perShare, tradeMax } = inForce(TAF, date);
  return smaller(multiplyDivide(quantity, perShare, BILLION, 'up') as Money, tradeMax);
}

function inForce<Rate extends { readonly from: string }>(rates: readonly Rate[], date: string): Rate {
  const rate = rates.findLast(({ from }) => from <= date);
  if (rate === undefined) throw new Error(`expected a rate for ${date}`);
  return rate;
}
