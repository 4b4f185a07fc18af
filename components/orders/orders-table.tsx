'use client';
/** Orders as rows, newest first; open ones can be canceled. */
import { useMutation } from '@tanstack/react-query';
import { useFeed } from '../client/session-feed';
import { useTRPC, type OrderRow } from '../client/trpc';
import { Button } from '../ui/button';
import { CopyId } from '../ui/copy-id';
import { DataTable, type Column } from '../ui/data-table';
import { formatPrice } from '../ui/decimal';
import { Instant } from '../ui/instant';
import { SymbolCell } from '../ui/symbol-cell';
import { priceWords, quantityWords, statusWords, typeWords } from './order-words';

interface Props {
  readonly sessionId: string;
  readonly caption: string;
  readonly orders: readonly OrderRow[];
  readonly synthetic: ReadonlySet<string>;
}

export function OrdersTable({ sessionId, caption, orders, synthetic }: Props) {
  const trpc = useTRPC();
  const { connection } = useFeed();
  const cancel = useMutation(trpc.orders.cancel.mutationOptions());
  const hasOpen = orders.some((order) => order.isOpen);

  const columns: Column<OrderRow>[] = [
    { id: 'at', head: 'Accepted (ET)', cell: (order) => <Instant time={order.acceptedAt} />, isExtra: true },
    {
      id: 'symbol',
      head: 'Symbol',
      cell: ({ symbol }) => <SymbolCell symbol={symbol} synthetic={synthetic} />,
    },
    { id: 'side', head: 'Side', cell: ({ side }) => <SideWord side={side} /> },
    { id: 'type', head: 'Type', cell: typeWords },
    { id: 'quantity', head: 'Filled / qty', isNumber: true, cell: quantityWords },
    { id: 'price', head: 'Price', isNumber: true, cell: priceWords },
    {
      id: 'average',
      head: 'Avg fill',
      isNumber: true,
      isExtra: true,
      cell: ({ averagePrice }) => (averagePrice === null ? '–' : formatPrice(averagePrice)),
    },
    { id: 'tif', head: 'TIF', isExtra: true, cell: ({ timeInForce }) => timeInForce.toUpperCase() },
    { id: 'status', head: 'Status', isExtra: hasOpen, cell: statusWords },
    { id: 'id', head: 'Order id', isExtra: true, cell: ({ id }) => <CopyId id={id} what="order id" /> },
  ];
  if (hasOpen) {
    columns.push({
      id: 'cancel',
      head: <span className="sr-only">Cancel</span>,
      isNumber: true,
      cell: (order) =>
        order.isOpen ? (
          <Button
            size="small"
            disabled={
              connection.state === 'lost' || (cancel.isPending && cancel.variables.orderId === order.id)
            }
            aria-label={`Cancel ${order.side} ${quantityWords(order)} ${order.symbol}`}
            onClick={() => cancel.mutate({ sessionId, orderId: order.id })}
          >
            Cancel
          </Button>
        ) : null,
    });
  }
  return (
    <>
      {cancel.isError ? (
        <p role="alert" className="px-3 py-1.5 text-12 text-error">
          <span aria-hidden="true">✕ </span>
          {cancel.error.message}
        </p>
      ) : null}
      <DataTable caption={caption} columns={columns} rows={orders} keyOf={(order) => order.id} />
    </>
  );
}

export function SideWord({ side }: { readonly side: OrderRow['side'] }) {
  return side === 'buy' ? (
    <span className="font-medium text-up">▲ Buy</span>
  ) : (
    <span className="font-medium text-down">▼ Sell</span>
  );
}
