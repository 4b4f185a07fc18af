/** Rows of splits and dividends, and rows of changed symbols. */
import { parseDate } from '../../engine/calendar/civil';
import { parseDecimal } from '../../engine/units/decimal';
import type { Money, Price, Quantity } from '../../engine/units/fixed-point';
import type { CorporateAction, SymbolChange } from '../../sessions/corporate-action-library';
import type { CsvFormat } from './csv-header';
import type { CsvRow } from './csv-row';
import { readSymbol } from './imported-symbol';

type ActionColumn = 'symbol' | 'ex_date' | 'type' | 'new_for_old' | 'cash_per_share' | 'close_before';
type ChangeColumn = 'security' | 'valid_to' | 'ticker' | 'exchange_code';

export const CORPORATE_ACTION_FORMAT: CsvFormat<ActionColumn> = {
  names: {
    symbol: ['symbol'],
    ex_date: ['ex_date'],
    type: ['type'],
    new_for_old: ['new_for_old'],
    cash_per_share: ['cash_per_share'],
    close_before: ['close_before'],
  },
  required: ['symbol', 'ex_date', 'type', 'new_for_old', 'cash_per_share'],
  example: 'symbol,ex_date,type,new_for_old,cash_per_share,close_before',
  rowWord: 'corporate action',
};

export const SYMBOL_CHANGE_FORMAT: CsvFormat<ChangeColumn> = {
  names: {
    security: ['security'],
    valid_to: ['valid_to'],
    ticker: ['ticker'],
    exchange_code: ['exchange_code'],
  },
  required: ['security', 'valid_to', 'ticker'],
  example: 'security,valid_to,ticker,exchange_code',
  rowWord: 'symbol change',
};

const SPLIT_EXPECTED = 'new shares for old ones like 7:1, or 1:8 in a reverse split';
const AMOUNT_EXPECTED = 'an amount above 0 with at most 9 decimals';

/** Null when the row is wrong, which it then says. */
export function corporateActionOf(row: CsvRow<ActionColumn>): CorporateAction | null {
  const symbol = symbolIn(row, 'symbol');
  const exDate = dateIn(row, 'ex_date');
  const closeBefore = row.text('close_before') === '' ? null : (amountIn(row, 'close_before') as Price);
  const common = { symbol, exDate, closeBefore };
  const action = actionIn(row, common);
  return row.isFaulty ? null : action;
}

function actionIn(
  row: CsvRow<ActionColumn>,
  common: Pick<CorporateAction, 'symbol' | 'exDate' | 'closeBefore'>,
): CorporateAction | null {
  const type = row.text('type');
  if (type === 'split') {
    expectNothing(row, 'cash_per_share', type);
    const [newShares, oldShares] = sharesIn(row);
    return { ...common, type, newShares, oldShares };
  }
  if (type === 'cash_dividend') {
    expectNothing(row, 'new_for_old', type);
    return { ...common, type, cashPerShare: amountIn(row, 'cash_per_share') as Money };
  }
  row.fault('type', 'split or cash_dividend');
  return null;
}

export function symbolChangeOf(row: CsvRow<ChangeColumn>): SymbolChange | null {
  const security = symbolIn(row, 'security');
  const validTo = dateIn(row, 'valid_to');
  const ticker = symbolIn(row, 'ticker');
  const exchangeCode = row.text('exchange_code').trim() || null;
  return row.isFaulty ? null : { security, validTo, ticker, exchangeCode };
}

function symbolIn<Column extends string>(row: CsvRow<Column>, column: Column): string {
  const symbol = readSymbol(row.text(column));
  if (symbol === null) row.fault(column, 'a symbol like AAPL');
  return symbol ?? '';
}

function dateIn<Column extends string>(row: CsvRow<Column>, column: Column): string {
  const text = row.text(column);
  if (parseDate(text) === null) row.fault(column, 'a date like 2024-01-31');
  return text;
}

function sharesIn(row: CsvRow<ActionColumn>): readonly [Quantity, Quantity] {
  const [newShares, oldShares, ...more] = row.text('new_for_old').split(':').map(parseDecimal);
  if (newShares && oldShares && newShares > 0n && oldShares > 0n && more.length === 0) {
    return [newShares as Quantity, oldShares as Quantity];
  }
  row.fault('new_for_old', SPLIT_EXPECTED);
  return [0n as Quantity, 0n as Quantity];
}

function amountIn<Column extends string>(row: CsvRow<Column>, column: Column): bigint {
  const amount = parseDecimal(row.text(column));
  if (amount !== null && amount > 0n) return amount;
  row.fault(column, AMOUNT_EXPECTED);
  return 0n;
}

function expectNothing(row: CsvRow<ActionColumn>, column: ActionColumn, type: string): void {
  if (row.text(column) !== '') row.fault(column, `nothing in a ${type}`);
}
