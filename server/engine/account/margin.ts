/** Margin arithmetic of positions (alpaca docs, "Margin and Short Selling"): pure, exact, by the market's prices. */
import { money, price as priceLiteral, ratio } from '../units/decimal';
import { absolute, larger, notional, scaled } from '../units/fixed-point';
import type { Money, Price, Quantity, Ratio } from '../units/fixed-point';

/** What a session says about lending on a symbol. */
export interface MarginTerms {
  /** Half of a marginable position must be the account's own money, else all of it. */
  readonly marginable: boolean;
  /** Part of a long position's value that must stay covered; null: by its price. Higher for leveraged funds. */
  readonly maintenanceRate: Ratio | null;
}

/** A position at a price. */
export interface Holding extends MarginTerms {
  /** Negative when short. */
  readonly quantity: Quantity;
  readonly price: Price;
  /** Negative when short. */
  readonly marketValue: Money;
}

export interface MarginTotals {
  readonly longMarketValue: Money;
  /** Negative or zero. */
  readonly shortMarketValue: Money;
  readonly initialMargin: Money;
  readonly maintenanceMargin: Money;
}

const INITIAL_RATE = ratio('0.5');
const LONG_RATE = ratio('0.3');
const LONG_CHEAP_BELOW = priceLiteral('2.5');
const SHORT_CHEAP_BELOW = priceLiteral('5');
const SHORT_CHEAP_PER_SHARE = priceLiteral('2.5');
const SHORT_PER_SHARE = priceLiteral('5');
const NO_MONEY = money('0');

/** The account's own money that a position needs when it is opened. */
export function initialMarginOf({ marginable, marketValue }: Holding): Money {
  const value = absolute(marketValue);
  return marginable ? scaled(value, INITIAL_RATE, 'half_up') : value;
}

/**
 * The equity that a position needs to stay. Long: all of its value under 2.50, else 30 % or the symbol's own
 * rate. Short: under 5.00 the larger of 2.50 a share and all of its value, else of 5.00 a share and 30 %.
 */
export function maintenanceMarginOf(holding: Holding): Money {
  const value = absolute(holding.marketValue);
  if (!holding.marginable) return value;
  if (holding.quantity >= 0n) {
    if (holding.price < LONG_CHEAP_BELOW) return value;
    return scaled(value, holding.maintenanceRate ?? LONG_RATE, 'half_up');
  }
  const shares = absolute(holding.quantity);
  if (holding.price < SHORT_CHEAP_BELOW) return larger(notional(SHORT_CHEAP_PER_SHARE, shares), value);
  const rate = holding.maintenanceRate ?? LONG_RATE;
  return larger(notional(SHORT_PER_SHARE, shares), scaled(value, rate, 'half_up'));
}

export function marginTotals(holdings: Iterable<Holding>): MarginTotals {
  let [long, short, initial, maintenance] = [NO_MONEY, NO_MONEY, NO_MONEY, NO_MONEY];
  for (const holding of holdings) {
    if (holding.quantity > 0n) long = (long + holding.marketValue) as Money;
    else short = (short + holding.marketValue) as Money;
    initial = (initial + initialMarginOf(holding)) as Money;
    maintenance = (maintenance + maintenanceMarginOf(holding)) as Money;
  }
  return {
    longMarketValue: long,
    shortMarketValue: short,
    initialMargin: initial,
    maintenanceMargin: maintenance,
  };
}
