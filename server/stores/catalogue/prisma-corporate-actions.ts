/** Splits, dividends and changes of symbols in the catalogue's tables. */
import { formatDecimal, parseDecimal } from '../../engine/units/decimal';
import type { Money, Price, Quantity } from '../../engine/units/fixed-point';
import type {
  CorporateAction,
  CorporateActionLibrary,
  SymbolChange,
} from '../../sessions/corporate-action-library';
import type { CorporateActionIntake, IntakeOrigin, TableResult } from '../../sessions/market-intake';
import type { Catalogue } from './catalogue';
import type { CorporateAction as ActionRow, Prisma, SymbolChange as ChangeRow } from './generated/client';

/** Rows of one statement: PostgreSQL takes 65,535 parameters. */
const ROWS_A_STATEMENT = 1_000;

export function prismaCorporateActions({
  prisma,
}: Catalogue): CorporateActionLibrary & CorporateActionIntake {
  return {
    corporateActions: async (symbols, from, to) => {
      const rows = await prisma.corporateAction.findMany({
        where: { symbol: { in: [...symbols] }, exDate: { gte: dateAt(from), lte: dateAt(to) } },
        orderBy: [{ exDate: 'asc' }, { symbol: 'asc' }, { type: 'asc' }],
      });
      return rows.map(actionOf);
    },
    symbolChanges: async (symbols) => {
      const among = { in: [...symbols] };
      const rows = await prisma.symbolChange.findMany({
        where: { OR: [{ security: among }, { ticker: among }] },
        orderBy: [{ security: 'asc' }, { validTo: 'asc' }],
      });
      return rows.map(changeOf);
    },
    putCorporateActions: (actions, origin) =>
      prisma.$transaction(async (transaction) => {
        const known = (await transaction.corporateAction.findMany()).map(actionOf);
        const keyOf = ({ symbol, exDate, type }: CorporateAction) => `${symbol}/${exDate}/${type}`;
        const { added, replaced } = compare(known, actions, keyOf);
        for (const { symbol, exDate, type } of replaced) {
          await transaction.corporateAction.delete({
            where: { symbol_exDate_type: { symbol, exDate: dateAt(exDate), type } },
          });
        }
        for (const data of portions([...added, ...replaced].map(actionRow))) {
          await transaction.corporateAction.createMany({ data });
        }
        return finish(
          transaction,
          'corporate-actions',
          actions.length,
          known.length,
          added,
          replaced,
          origin,
        );
      }),
    putSymbolChanges: (changes, origin) =>
      prisma.$transaction(async (transaction) => {
        const known = (await transaction.symbolChange.findMany()).map(changeOf);
        const keyOf = ({ security, validTo }: SymbolChange) => `${security}/${validTo}`;
        const { added, replaced } = compare(known, changes, keyOf);
        for (const { security, validTo } of replaced) {
          await transaction.symbolChange.delete({
            where: { security_validTo: { security, validTo: dateAt(validTo) } },
          });
        }
        for (const data of portions([...added, ...replaced].map(changeRow))) {
          await transaction.symbolChange.createMany({ data });
        }
        return finish(transaction, 'symbol-changes', changes.length, known.length, added, replaced, origin);
      }),
  };
}

/** Of several new rows of one key the last one counts. */
function compare<Row>(known: readonly Row[], fresh: readonly Row[], keyOf: (row: Row) => string) {
  const before = new Map(known.map((row) => [keyOf(row), textOf(row)]));
  const last = [...new Map(fresh.map((row) => [keyOf(row), row])).values()];
  return {
    added: last.filter((row) => !before.has(keyOf(row))),
    replaced: last.filter((row) => before.has(keyOf(row)) && before.get(keyOf(row)) !== textOf(row)),
  };
}

function textOf(row: unknown): string {
  return JSON.stringify(
    Object.entries(row as object)
      .map(([name, value]) => [name, String(value)])
      .sort(),
  );
}

/** An import that changed nothing leaves no trace. */
async function finish(
  transaction: Prisma.TransactionClient,
  kind: string,
  rows: number,
  knownCount: number,
  added: readonly unknown[],
  replaced: readonly unknown[],
  { feed, source, warnings }: IntakeOrigin,
): Promise<TableResult> {
  const result = { added: added.length, replaced: replaced.length };
  if (result.added + result.replaced > 0) {
    await transaction.import.create({ data: { feed, source, kind, rows, ...result, warnings } });
  }
  return { ...result, count: knownCount + added.length };
}

function portions<Row>(rows: readonly Row[]): Row[][] {
  const count = Math.ceil(rows.length / ROWS_A_STATEMENT);
  return Array.from({ length: count }, (_, index) =>
    rows.slice(index * ROWS_A_STATEMENT, (index + 1) * ROWS_A_STATEMENT),
  );
}

function actionRow(action: CorporateAction): Prisma.CorporateActionCreateManyInput {
  const { symbol, exDate, type, closeBefore } = action;
  const amounts =
    action.type === 'split'
      ? { newShares: formatDecimal(action.newShares), oldShares: formatDecimal(action.oldShares) }
      : { cashPerShare: formatDecimal(action.cashPerShare) };
  const before = closeBefore === null ? null : formatDecimal(closeBefore);
  return { symbol, exDate: dateAt(exDate), type, closeBefore: before, ...amounts };
}

function actionOf(row: ActionRow): CorporateAction {
  const closeBefore = row.closeBefore === null ? null : (billionths(row.closeBefore) as Price);
  const common = { symbol: row.symbol, exDate: dateOf(row.exDate), closeBefore };
  if (row.type === 'split') {
    const newShares = billionths(row.newShares) as Quantity;
    return { ...common, type: 'split', newShares, oldShares: billionths(row.oldShares) as Quantity };
  }
  return { ...common, type: 'cash_dividend', cashPerShare: billionths(row.cashPerShare) as Money };
}

function changeRow({ validTo, ...change }: SymbolChange): Prisma.SymbolChangeCreateManyInput {
  return { ...change, validTo: dateAt(validTo) };
}

function changeOf({ validTo, ...row }: ChangeRow): SymbolChange {
  return { ...row, validTo: dateOf(validTo) };
}

function billionths(value: Prisma.Decimal | null): bigint {
  const parsed = value === null ? null : parseDecimal(value.toFixed());
  if (parsed === null) throw new Error(`expected an amount in the catalogue, found ${String(value)}`);
  return parsed;
}

function dateAt(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

function dateOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
