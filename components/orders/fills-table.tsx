'use client';
/** Fills as rows, newest first, with what the engine says about how sure each one is. */
import type { FillRow } from '../client/trpc';
import { Chip } from '../ui/chip';
import { CopyId } from '../ui/copy-id';
import { DataTable, type Column } from '../ui/data-table';
import { formatPrice, formatQuantity } from '../ui/decimal';
import { Instant } from '../ui/instant';
import { SymbolCell } from '../ui/symbol-cell';
import { SideWord } from './orders-table';

const TAG_WORDS: Record<FillRow['tags'][number], readonly [word: string, meaning: string]> = {
  ambiguous: [
    'ambiguous',
    'The bar does not tell in which order its prices came; another order would fill otherwise',
  ],
  gap: ['gap', 'The bar opened beyond the order’s price, so it filled at the open'],
  touch_only: ['touch only', 'The price touched the limit and went no further'],
  no_history: ['no history', 'Too few earlier bars to measure usual range and volume'],
  auction_proxy: ['auction proxy', 'No official auction price is loaded; the first or last bar stands in'],
  zigzag_possible: [
    'zigzag possible',
    'Within this bar the price could have gone through the protective stop as well',
  ],
  late_print_possible: ['late print possible', 'So few trades that one late print may be the whole bar'],
  worst_case: ['worst case', 'The stop is taken to fill before its target, as the session asks for'],
};

interface Props {
  readonly fills: readonly FillRow[];
  readonly synthetic: ReadonlySet<string>;
}

export function FillsTable({ fills, synthetic }: Props) {
  const columns: readonly Column<FillRow>[] = [
    { id: 'at', head: 'Time (ET)', cell: (fill) => <Instant time={fill.at} /> },
    {
      id: 'symbol',
      head: 'Symbol',
      cell: ({ symbol }) => <SymbolCell symbol={symbol} synthetic={synthetic} />,
    },
    { id: 'side', head: 'Side', cell: ({ side }) => <SideWord side={side} /> },
    { id: 'quantity', head: 'Qty', isNumber: true, cell: ({ quantity }) => formatQuantity(quantity) },
    { id: 'price', head: 'Price', isNumber: true, cell: ({ price }) => formatPrice(price) },
    {
      id: 'position',
      head: 'Position after',
      isNumber: true,
      isExtra: true,
      cell: ({ positionQuantity }) => formatQuantity(positionQuantity),
    },
    {
      id: 'tags',
      head: 'Notes',
      isExtra: true,
      cell: ({ tags }) => (
        <span className="inline-flex gap-1">
          {tags.map((tag) => (
            <Chip key={tag} title={TAG_WORDS[tag][1]}>
              {TAG_WORDS[tag][0]}
            </Chip>
          ))}
        </span>
      ),
    },
    {
      id: 'order',
      head: 'Order id',
      isExtra: true,
      cell: ({ orderId }) => <CopyId id={orderId} what="order id" />,
    },
    { id: 'id', head: 'Fill id', isExtra: true, cell: ({ id }) => <CopyId id={id} what="fill id" /> },
  ];
  return <DataTable caption="Fills, newest first" columns={columns} rows={fills} keyOf={({ id }) => id} />;
}
