/** An asset as Alpaca writes it. */
import type { Asset } from '../../sessions/bar-library';

/** The exchanges that SDKs know: another word makes typed ones fail. */
const EXCHANGES = ['AMEX', 'ARCA', 'BATS', 'NYSE', 'NASDAQ', 'NYSEARCA', 'OTC'] as const;

export function exchangeOf(asset: Asset): string {
  return EXCHANGES.find((exchange) => exchange === asset.exchange) ?? 'NYSE';
}

export function assetToWire(asset: Asset) {
  return {
    id: asset.id,
    class: asset.assetClass,
    exchange: exchangeOf(asset),
    symbol: asset.symbol,
    name: asset.name,
    status: 'active',
    tradable: asset.tradable,
    marginable: asset.marginable,
    // An integer: Go's SDK reads it into one.
    maintenance_margin_requirement: 30,
    margin_requirement_long: '30',
    margin_requirement_short: '30',
    shortable: asset.shortable,
    easy_to_borrow: asset.easyToBorrow,
    borrow_status: asset.easyToBorrow ? 'easy_to_borrow' : 'hard_to_borrow',
    fractionable: asset.fractionable,
    cusip: null,
    attributes: [],
  };
}
