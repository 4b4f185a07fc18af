'use client';
/** What the account holds, at the newest closed bar's price. */
import type { PositionRow } from '../client/trpc';
import { DataTable, type Column } from '../ui/data-table';
import { formatMoney, formatPercent, formatPrice, formatQuantity } from '../ui/decimal';
import { Signed } from '../ui/signed';
import { SymbolCell } from '../ui/symbol-cell';

interface Props {
  readonly positions: readonly PositionRow[];
  readonly synthetic: ReadonlySet<string>;
}

export function PositionsTable({ positions, synthetic }: Props) {
  const columns: readonly Column<PositionRow>[] = [
    {
      id: 'symbol',
      head: 'Symbol',
      cell: ({ symbol }) => <SymbolCell symbol={symbol} synthetic={synthetic} />,
    },
    { id: 'quantity', head: 'Qty', isNumber: true, cell: ({ quantity }) => formatQuantity(quantity) },
    {
      id: 'held',
      head: 'In orders',
      isNumber: true,
      isExtra: true,
      cell: ({ heldQuantity }) => formatQuantity(heldQuantity),
    },
    {
      id: 'entry',
      head: 'Avg entry',
      isNumber: true,
      cell: (position) => formatPrice(position.averageEntryPrice),
    },
    {
      id: 'last',
      head: 'Last',
      isNumber: true,
      cell: ({ lastPrice }) => (lastPrice === null ? '–' : formatPrice(lastPrice)),
    },
    {
      id: 'cost',
      head: 'Cost',
      isNumber: true,
      isExtra: true,
      cell: ({ costBasis }) => formatMoney(costBasis),
    },
    {
      id: 'value',
      head: 'Value',
      isNumber: true,
      isExtra: true,
      cell: ({ marketValue }) => formatMoney(marketValue),
    },
    {
      id: 'profit',
      head: 'Unrealized',
      isNumber: true,
      cell: ({ unrealizedProfit }) => (
        <Signed value={unrealizedProfit} written={formatMoney(unrealizedProfit)} />
      ),
    },
    {
      id: 'percent',
      head: '%',
      isNumber: true,
      isExtra: true,
      cell: ({ unrealizedPercent }) =>
        unrealizedPercent === null ? (
          '–'
        ) : (
          <Signed value={unrealizedPercent} written={formatPercent(unrealizedPercent)} />
        ),
    },
  ];
  return <DataTable caption="Positions" columns={columns} rows={positions} keyOf={({ symbol }) => symbol} />;
}
