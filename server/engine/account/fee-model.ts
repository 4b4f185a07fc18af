/** What an execution costs besides its price, by the configured model. */
import {
  notional,
  multiplyDivide,
  BILLION,
  type Money,
  type Quantity,
  type Ratio,
} from '../units/fixed-point';
import type { Price } from '../units/fixed-point';

/** `alpaca` accrues what regulators charge on sales and posts it the next day; the others are due at the fill. */
export type FeeConfiguration =
  | { readonly model: 'none' }
  | { readonly model: 'alpaca' }
  | { readonly model: 'per_share'; readonly amount: Money }
  /** Once, with the order's first fill. */
  | { readonly model: 'per_order'; readonly amount: Money }
  | { readonly model: 'basis_points'; readonly basisPoints: Ratio };

const TEN_THOUSAND = 10_000n;
const NO_FEE = 0n as Money;

/** The fee that is due with a fill of `quantity` for `value`. */
export function feeAtOnce(
  fees: FeeConfiguration,
  value: Money,
  quantity: Quantity,
  isFirstOfOrder: boolean,
): Money {
  switch (fees.model) {
    case 'none':
    case 'alpaca':
      return NO_FEE;
    case 'per_share':
      return notional(fees.amount as bigint as Price, quantity, 'up');
    case 'per_order':
      return isFirstOfOrder ? fees.amount : NO_FEE;
    case 'basis_points':
      return multiplyDivide(value, fees.basisPoints, BILLION * TEN_THOUSAND, 'up') as Money;
  }
}
