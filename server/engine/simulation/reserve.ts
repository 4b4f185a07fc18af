/** What an order ties up when it is accepted: buying power to open a position, shares to close one. */
import { feeAtOnce } from '../account/fee-model';
import type { Ledger } from '../account/ledger';
import { sessionClass } from '../calendar/trading-day';
import { isClosing, type OrderOrdinal, type OrderTerms, type PositionIntent } from '../orders/order';
import { isFractional } from '../orders/terms';
import { price as priceLiteral, ratio } from '../units/decimal';
import { absolute, larger, notional, quantityFor, scaled } from '../units/fixed-point';
import type { Money, Price, Quantity } from '../units/fixed-point';
import type { SimulationConfiguration } from './configuration';
import type { MarketPrices } from './market-prices';
import type { OrderEntry } from './order-entry';
import type { Rejection } from './rejection';
import type { SimulationState } from './state';
import type { Valuation } from './valuation';

/** Alpaca's collar (fills.md): how far over its reference a market buy or buy stop may fill. */
const COLLAR_FROM = priceLiteral('50');
const COLLAR_BELOW_50 = ratio('1.04');
const COLLAR_FROM_50 = ratio('1.025');
/** A short sale is taken to cost at least this much of the ask (alpaca docs, "Short selling"). */
const SHORT_OVER_ASK = ratio('1.03');
const NO_MONEY = 0n as Money;
const NO_QUANTITY = 0n as Quantity;

export interface Reservation {
  readonly positionIntent: PositionIntent;
  readonly reserved: Money;
  readonly reservedQuantity: Quantity;
  readonly capPrice: Price | null;
}

/** An order that gives way to the one being checked: what it holds is counted as free. */
export type Replaced = OrderEntry | null;

interface Asked {
  readonly ledger: Ledger;
  readonly terms: OrderTerms;
  readonly replaced: Replaced;
  /** Still to be filled; null for an order by notional. */
  readonly leaves: Quantity | null;
  /** The position that is there, signed. */
  readonly existing: Quantity;
}

export class Reservations {
  constructor(
    private readonly configuration: SimulationConfiguration,
    private readonly state: SimulationState,
    private readonly prices: MarketPrices,
    private readonly valuation: Valuation,
  ) {}

  /**
   * Against a position on the other side an order closes it, and never more than what is free of it: a sale
   * does not turn a long into a short, nor a purchase a short into a long. Else it opens, or adds.
   */
  reserve(ledger: Ledger, terms: OrderTerms, replaced: Replaced): Reservation | Rejection {
    const existing = ledger.positions.get(terms.symbol)?.quantity ?? NO_QUANTITY;
    const filled = replaced?.filledQuantity ?? NO_QUANTITY;
    const leaves = terms.quantity === null ? null : ((terms.quantity - filled) as Quantity);
    const asked: Asked = { ledger, terms, replaced, leaves, existing };
    // Exits of a pair hold their shares once, whichever of them is changed.
    if (replaced !== null && terms.orderClass !== 'simple' && isClosing(replaced)) return holdOf(replaced);
    if (terms.side === 'sell' ? existing > 0n : existing < 0n) return this.close(asked);
    if (terms.orderClass === 'oco') return { code: 'exit_without_position', symbol: terms.symbol };
    return (
      (terms.side === 'sell' ? this.checkShort(asked) : null) ??
      this.checkOpposite(asked) ??
      this.holdBuyingPower(asked)
    );
  }

  private close({ ledger, terms, replaced, leaves, existing }: Asked): Reservation | Rejection {
    const { symbol, side, orderClass } = terms;
    if (orderClass === 'bracket' || orderClass === 'oto')
      return { code: 'entry_closes_position', symbol, existing };
    const held = ((ledger.positions.get(symbol)?.heldQuantity ?? 0n) -
      (replaced?.reservedQuantity ?? 0n)) as Quantity;
    const available = larger((absolute(existing) - held) as Quantity, NO_QUANTITY);
    const requested = leaves ?? this.quantityWorth(terms);
    if (requested > available) {
      return { code: 'insufficient_quantity', symbol, requested, available, existing, held };
    }
    return {
      positionIntent: side === 'sell' ? 'sell_to_close' : 'buy_to_close',
      reserved: NO_MONEY,
      reservedQuantity: requested,
      capPrice: side === 'sell' ? null : this.capPriceOf(terms),
    };
  }

  /** Only margin accounts, whole shares, and what is easy to borrow (alpaca docs, "Short selling"). */
  private checkShort({ ledger, terms }: Asked): Rejection | null {
    const { symbol } = terms;
    if (!this.valuation.maySellShort(ledger, this.state.now)) return { code: 'shorting_not_allowed', symbol };
    if (!this.valuation.isShortable(symbol)) return { code: 'asset_not_shortable', symbol };
    return isFractional(terms) ? { code: 'fractional_short', symbol } : null;
  }

  /** Two orders that open in opposite directions could leave a position on both sides. */
  private checkOpposite({ ledger, terms, replaced }: Asked): Rejection | null {
    const other = terms.side === 'sell' ? 'buy' : 'sell';
    if ((ledger.positions.get(terms.symbol)?.opening[other] ?? 0) === 0) return null;
    const opposite = terms.side === 'sell' ? 'buy_to_open' : 'sell_to_open';
    for (const order of this.state.open) {
      if (order.account !== ledger.ordinal || order.symbol !== terms.symbol || order === replaced) continue;
      if (order.positionIntent !== opposite) continue;
      const { symbol, side } = terms;
      return { code: 'opposite_open_order', symbol, side, existingOrder: order.ordinal };
    }
    return null;
  }

  private holdBuyingPower({ ledger, terms, replaced, leaves }: Asked): Reservation | Rejection {
    const capPrice = this.capPriceOf(terms);
    // An order in dollars says itself what it costs; only a fee by the share needs a price then.
    const needsPrice = leaves !== null || this.configuration.fees.model === 'per_share';
    const reference = needsPrice ? this.openingPrice(terms, capPrice) : null;
    const cost =
      leaves === null ? terms.notional : reference === null ? null : notional(reference, leaves, 'up');
    // Without any price to go by nothing can be held: such an order fills with what is free then, or is canceled.
    const required =
      cost === null ? NO_MONEY : ((cost + this.feeOf(terms, leaves, cost, reference)) as Money);
    const weight = this.weightOf(ledger, terms.symbol);
    const unheld = this.valuation.unheld(ledger, this.state.now) + (replaced?.reserved ?? 0n);
    const available = larger((unheld / weight) as Money, NO_MONEY);
    if (required > available) {
      const reservedBy = this.holders(ledger, replaced);
      return { code: 'insufficient_buying_power', required, available, reservedBy };
    }
    return {
      positionIntent: terms.side === 'sell' ? 'sell_to_open' : 'buy_to_open',
      reserved: (required * weight) as Money,
      reservedQuantity: NO_QUANTITY,
      capPrice,
    };
  }

  /** Nobody lends on what is not marginable: in a margin account it takes twice its cost of buying power. */
  private weightOf(ledger: Ledger, symbol: string): bigint {
    return this.valuation.isLending(ledger, this.state.now) && !this.valuation.isMarginable(symbol) ? 2n : 1n;
  }

  private holders(ledger: Ledger, replaced: Replaced): readonly OrderOrdinal[] {
    return [...this.state.open]
      .filter((order) => order.account === ledger.ordinal && order.reserved > 0n && order !== replaced)
      .map((order) => order.ordinal);
  }

  /** Fees that are due with the fills are held along with the price. */
  private feeOf(terms: OrderTerms, leaves: Quantity | null, cost: Money, reference: Price | null): Money {
    const amount = terms.notional;
    const worth = reference === null || amount === null ? NO_QUANTITY : quantityFor(amount, reference);
    return feeAtOnce(this.configuration.fees, cost, leaves ?? worth, true);
  }

  private openingPrice(terms: OrderTerms, capPrice: Price | null): Price | null {
    return terms.side === 'sell' ? this.shortPrice(terms) : this.buyPrice(terms, capPrice);
  }

  private buyPrice(terms: OrderTerms, capPrice: Price | null): Price | null {
    return terms.limitPrice ?? capPrice ?? terms.stopPrice ?? this.referencePrice(terms.symbol);
  }

  private shortPrice({ symbol, limitPrice, stopPrice }: OrderTerms): Price | null {
    const own = limitPrice ?? stopPrice;
    const quote = this.prices.quote(symbol, this.state.now);
    if (quote === null) return own;
    const overAsk = scaled(quote.ask, SHORT_OVER_ASK, 'up');
    return own === null ? overAsk : larger(own, overAsk);
  }

  /** What closing by notional is expected to take, at the last price. */
  private quantityWorth({ symbol, notional: amount, limitPrice }: OrderTerms): Quantity {
    const reference = limitPrice ?? this.prices.last(symbol, this.state.now);
    return reference === null || amount === null ? NO_QUANTITY : quantityFor(amount, reference);
  }

  private capPriceOf(terms: OrderTerms): Price | null {
    if (this.configuration.fill.collar === 'none' || terms.side !== 'buy' || terms.limitPrice !== null)
      return null;
    const base = terms.stopPrice ?? this.referencePrice(terms.symbol);
    return base === null ? null : scaled(base, base < COLLAR_FROM ? COLLAR_BELOW_50 : COLLAR_FROM_50, 'down');
  }

  /** What a market buy is expected to cost: ask in session, midpoint in extended hours, last trade when closed. */
  private referencePrice(symbol: string): Price | null {
    const quote = this.prices.quote(symbol, this.state.now);
    if (quote === null) return null;
    const hours = sessionClass(this.state.now);
    if (hours === 'regular') return quote.ask;
    return hours === 'extended' ? (((quote.bid + quote.ask) / 2n) as Price) : quote.last;
  }
}

/** What an order holds, for the one that takes its place. */
function holdOf({ positionIntent, reserved, reservedQuantity, capPrice }: OrderEntry): Reservation {
  return { positionIntent, reserved, reservedQuantity, capPrice };
}
