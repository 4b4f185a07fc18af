'use client';
/** Orders, positions and fills below the chart, one tab each. */
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { FillRow, OrderRow, PositionRow } from '../client/trpc';
import { FillsTable } from '../orders/fills-table';
import { OrdersTable } from '../orders/orders-table';
import { PositionsTable } from '../positions/positions-table';
import { Empty, Failure, Skeleton } from '../ui/region';
import { panelProps, Tabs } from '../ui/tabs';

type Asked<Rows> = UseQueryResult<Rows, { readonly message: string }>;

interface Props {
  readonly sessionId: string;
  readonly synthetic: ReadonlySet<string>;
  readonly orders: Asked<OrderRow[]>;
  readonly positions: Asked<PositionRow[]>;
  readonly fills: Asked<FillRow[]>;
}

type TabId = 'open' | 'positions' | 'fills' | 'all';

export function Blotter({ sessionId, synthetic, orders, positions, fills }: Props) {
  const [chosen, setChosen] = useState<TabId>('positions');
  const open = orders.data?.filter((order) => order.isOpen);
  const label = (words: string, count: number | undefined): ReactNode => (
    <>
      {words}
      <span className="min-w-4 rounded-[3px] bg-surface-2 px-1 text-center text-11 text-muted tabular-nums">
        {count ?? '–'}
      </span>
    </>
  );
  return (
    <section aria-label="Blotter" className="flex h-full min-h-0 flex-col">
      <Tabs
        name="blotter"
        label="Blotter"
        chosen={chosen}
        onChoose={setChosen}
        className="shrink-0 border-b border-line bg-surface-1 px-1 max-md:overflow-x-auto"
        tabs={[
          { id: 'open', label: label('Open orders', open?.length) },
          { id: 'positions', label: label('Positions', positions.data?.length) },
          { id: 'fills', label: label('Fills', fills.data?.length) },
          { id: 'all', label: label('All orders', orders.data?.length) },
        ]}
      />
      <div {...panelProps('blotter', chosen)} tabIndex={0} className="min-h-0 flex-1 overflow-y-auto">
        {chosen === 'open' ? (
          <Region
            what="Orders"
            asked={{ ...orders, data: open }}
            empty="No open orders. Place one with the ticket."
          >
            {(rows) => (
              <OrdersTable {...{ sessionId, synthetic }} caption="Open orders, newest first" orders={rows} />
            )}
          </Region>
        ) : null}
        {chosen === 'positions' ? (
          <Region what="Positions" asked={positions} empty="No positions. A buy order that fills opens one.">
            {(rows) => <PositionsTable positions={rows} synthetic={synthetic} />}
          </Region>
        ) : null}
        {chosen === 'fills' ? (
          <Region
            what="Fills"
            asked={fills}
            empty="No fills yet. They appear here when an order meets its price."
          >
            {(rows) => <FillsTable fills={rows} synthetic={synthetic} />}
          </Region>
        ) : null}
        {chosen === 'all' ? (
          <Region what="Orders" asked={orders} empty="No orders yet. Place one with the ticket.">
            {(rows) => (
              <OrdersTable {...{ sessionId, synthetic }} caption="All orders, newest first" orders={rows} />
            )}
          </Region>
        ) : null}
      </div>
    </section>
  );
}

interface RegionProps<Row> {
  readonly what: string;
  readonly asked: Pick<Asked<Row[]>, 'error' | 'refetch'> & { readonly data: Row[] | undefined };
  readonly empty: string;
  readonly children: (rows: Row[]) => ReactNode;
}

/** Rows that are there stay, even while or although they cannot be read again. */
function Region<Row>({ what, asked, empty, children }: RegionProps<Row>) {
  const { data, error, refetch } = asked;
  return (
    <>
      {error === null ? null : <Failure what={what} message={error.message} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? (
        <Skeleton rows={5} label={`Reading ${what.toLowerCase()}`} />
      ) : null}
      {data?.length === 0 ? <Empty>{empty}</Empty> : null}
      {data === undefined || data.length === 0 ? null : children(data)}
    </>
  );
}
