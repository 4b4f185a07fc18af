/** An account as Alpaca writes it, with the fields that older SDKs still read (README, section 0.1, rows 7 and 8). */
import type { AccountView, SimulationView } from '../../engine/simulation/view';
import { formatDecimal, toFloat } from '../../engine/units/decimal';
import { instant } from './instant';

const NO_MONEY = '0';

export function accountToWire(simulation: SimulationView, account: AccountView) {
  const id = simulation.accountId(account.ordinal);
  const equity = formatDecimal(account.equity);
  const buyingPower = formatDecimal(account.buyingPower);
  const nonMarginable = formatDecimal(account.nonMarginableBuyingPower);
  return {
    id,
    account_number: `PA${id.replaceAll('-', '').slice(0, 10).toUpperCase()}`,
    status: 'ACTIVE',
    crypto_status: 'ACTIVE',
    currency: 'USD',
    admin_configurations: {},
    user_configurations: null,
    cash: formatDecimal(account.cash),
    cash_withdrawable: formatDecimal(account.cashWithdrawable),
    portfolio_value: equity,
    equity,
    last_equity: formatDecimal(account.lastEquity),
    balance_asof: account.balanceAsof,
    buying_power: buyingPower,
    effective_buying_power: buyingPower,
    regt_buying_power: formatDecimal(account.regtBuyingPower),
    daytrading_buying_power: formatDecimal(account.daytradingBuyingPower),
    non_marginable_buying_power: nonMarginable,
    options_buying_power: nonMarginable,
    // A number where all else is text (README, section 7).
    bod_dtbp: toFloat(account.bodDaytradingBuyingPower),
    long_market_value: formatDecimal(account.longMarketValue),
    short_market_value: formatDecimal(account.shortMarketValue),
    position_market_value: formatDecimal(account.positionMarketValue),
    initial_margin: formatDecimal(account.initialMargin),
    maintenance_margin: formatDecimal(account.maintenanceMargin),
    last_maintenance_margin: formatDecimal(account.lastMaintenanceMargin),
    sma: formatDecimal(account.sma),
    multiplier: account.multiplier,
    daytrade_count: account.daytradeCount,
    pattern_day_trader: account.patternDayTrader,
    shorting_enabled: account.shortingEnabled,
    trading_blocked: false,
    transfers_blocked: false,
    account_blocked: false,
    trade_suspended_by_user: false,
    accrued_fees: formatDecimal(account.accruedFees),
    pending_reg_taf_fees: formatDecimal(account.pendingRegTafFees),
    pending_transfer_in: NO_MONEY,
    pending_transfer_out: NO_MONEY,
    intraday_adjustments: NO_MONEY,
    crypto_tier: 1,
    options_approved_level: 0,
    options_trading_level: 0,
    created_at: instant(account.openedAt),
  };
}
