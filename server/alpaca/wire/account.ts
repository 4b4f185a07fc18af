/** An account as Alpaca writes it, with the fields that older SDKs still read (README, section 0.1, rows 7 and 8). */
import { newYorkDate } from '../../engine/calendar/new-york';
import { firstClosingAfter, tradingDayByIndex } from '../../engine/calendar/trading-day';
import type { AccountView, SimulationView } from '../../engine/simulation/view';
import { formatDecimal, money, ratio } from '../../engine/units/decimal';
import { absolute, scaled, type Money } from '../../engine/units/fixed-point';
import type { EpochMs } from '../../engine/units/time';
import { instant } from './instant';

const INITIAL_MARGIN = ratio('0.5');
const MAINTENANCE_MARGIN = ratio('0.3');
/** Longs under this price are not marginable: their whole value is required (README, section 3.6). */
const CHEAP = money('2.5');
const NO_MONEY = '0';

export function accountToWire(simulation: SimulationView, account: AccountView) {
  const id = simulation.accountId(account.ordinal);
  const dollars = (amount: Money): string => formatDecimal(amount);
  const equity = dollars(account.equity);
  const buyingPower = dollars(account.buyingPower);
  return {
    id,
    account_number: `PA${id.replaceAll('-', '').slice(0, 10).toUpperCase()}`,
    status: 'ACTIVE',
    crypto_status: 'ACTIVE',
    currency: 'USD',
    admin_configurations: {},
    user_configurations: null,
    cash: dollars(account.cash),
    portfolio_value: equity,
    equity,
    last_equity: dollars(account.lastEquity),
    balance_asof: dayBefore(simulation.now),
    buying_power: buyingPower,
    effective_buying_power: buyingPower,
    regt_buying_power: buyingPower,
    daytrading_buying_power: NO_MONEY,
    non_marginable_buying_power: buyingPower,
    options_buying_power: buyingPower,
    bod_dtbp: 0,
    long_market_value: dollars(account.longMarketValue),
    short_market_value: NO_MONEY,
    position_market_value: dollars(account.longMarketValue),
    initial_margin: dollars(scaled(account.longMarketValue, INITIAL_MARGIN, 'half_up')),
    maintenance_margin: dollars(maintenanceMargin(simulation, account)),
    last_maintenance_margin: NO_MONEY,
    sma: equity,
    multiplier: '1',
    daytrade_count: 0,
    pattern_day_trader: false,
    shorting_enabled: false,
    trading_blocked: false,
    transfers_blocked: false,
    account_blocked: false,
    trade_suspended_by_user: false,
    accrued_fees: NO_MONEY,
    pending_reg_taf_fees: NO_MONEY,
    pending_transfer_in: NO_MONEY,
    pending_transfer_out: NO_MONEY,
    intraday_adjustments: NO_MONEY,
    crypto_tier: 1,
    options_approved_level: 0,
    options_trading_level: 0,
    created_at: instant(account.openedAt),
  };
}

function maintenanceMargin(simulation: SimulationView, account: AccountView): Money {
  let sum = 0n;
  for (const { lastPrice, marketValue } of simulation.positions(account.ordinal)) {
    const isCheap = lastPrice !== null && lastPrice < CHEAP;
    sum += absolute(isCheap ? marketValue : scaled(marketValue, MAINTENANCE_MARGIN, 'half_up'));
  }
  return sum as Money;
}

/** The trading day before the one that `now` belongs to: whose close `last_equity` is of. */
function dayBefore(now: EpochMs): string {
  const day = firstClosingAfter(now);
  return tradingDayByIndex(day.index - 1)?.date ?? newYorkDate(now);
}
