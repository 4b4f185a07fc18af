/** Portfolio history as Alpaca writes it: columns of numbers, times in seconds. */
import type { HistoryTimeframe, PortfolioHistory } from '../../engine/simulation/portfolio-history';
import { toFloat } from '../../engine/units/decimal';
import { SECOND_MS } from '../../engine/units/time';

/** `types` null: all kinds of cash flow. */
export function historyToWire(
  { points, baseValue, baseValueAsof, cashflow }: PortfolioHistory,
  timeframe: HistoryTimeframe,
  types: readonly string[] | null,
) {
  const isAsked = (type: string): boolean => types === null || types.includes('ALL') || types.includes(type);
  return {
    timestamp: points.map(({ label }) => label / SECOND_MS),
    equity: points.map(({ equity }) => toFloat(equity)),
    profit_loss: points.map(({ profitLoss }) => toFloat(profitLoss)),
    profit_loss_pct: points.map(({ profitLossRatio }) => toFloat(profitLossRatio)),
    base_value: toFloat(baseValue),
    base_value_asof: baseValueAsof,
    timeframe,
    cashflow: Object.fromEntries(
      [...cashflow].filter(([type]) => isAsked(type)).map(([type, amounts]) => [type, amounts.map(toFloat)]),
    ),
  };
}
