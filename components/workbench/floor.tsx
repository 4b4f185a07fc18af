'use client';
/** Where the regions stand: all at once on a desk, one at a time (chart, trade, orders) on less than that. */
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ChartPanel } from '../chart/chart-panel';
import { timeframesOf, type ChartTimeframe } from '../chart/timeframes';
import { useTRPC } from '../client/trpc';
import { Transport } from '../clock/transport';
import { OrderTicket } from '../orders/order-ticket';
import { AccountSummary } from '../positions/account-summary';
import { panelProps } from '../ui/tabs';
import type { Theme } from '../ui/theme';
import { Blotter } from './blotter';
import { ConnectionBanner } from './connection-banner';
import { Header } from './header';
import type { First } from './workbench';

const PLACES = [
  { id: 'chart', label: 'Chart' },
  { id: 'trade', label: 'Trade' },
  { id: 'orders', label: 'Orders' },
] as const;
type Place = (typeof PLACES)[number]['id'];

export function Floor({ first, theme }: { readonly first: First; readonly theme: Theme }) {
  const { session } = first;
  const asked = { sessionId: session.id };
  const trpc = useTRPC();
  const clock = useQuery({ ...trpc.clock.get.queryOptions(asked), initialData: first.clock });
  const account = useQuery({ ...trpc.account.get.queryOptions(asked), initialData: first.account });
  const positions = useQuery(trpc.positions.list.queryOptions(asked));
  const orders = useQuery(trpc.orders.list.queryOptions(asked));
  const fills = useQuery(trpc.fills.list.queryOptions(asked));

  const timeframes = timeframesOf(session.baseTimeframe);
  const [symbolName, setSymbol] = useState(session.symbols[0]?.symbol ?? '');
  const [timeframe, setTimeframe] = useState<ChartTimeframe | undefined>(timeframes[0]);
  const [place, setPlace] = useState<Place>('chart');
  const symbol = session.symbols.find((candidate) => candidate.symbol === symbolName) ?? session.symbols[0];

  const synthetic = useMemo(
    () => new Set(session.symbols.filter((each) => each.synthetic).map((each) => each.symbol)),
    [session.symbols],
  );
  const ofSymbol = useMemo(
    () => ({
      fills: (fills.data ?? []).filter((fill) => fill.symbol === symbol?.symbol),
      orders: (orders.data ?? []).filter((order) => order.symbol === symbol?.symbol && order.isOpen),
    }),
    [fills.data, orders.data, symbol?.symbol],
  );

  if (symbol === undefined || timeframe === undefined) {
    return <p className="p-6 text-14">This session has no symbols. Make one with at least one symbol.</p>;
  }
  const at = (id: Place): string => (place === id ? '' : 'max-lg:hidden');
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <Header session={session} account={account.data} symbol={symbol} onSymbol={setSymbol} theme={theme} />
      <Transport sessionId={session.id} clock={clock.data} />
      <ConnectionBanner />
      <main className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_288px] xl:grid-cols-[minmax(0,1fr)_320px]">
        <div
          className={`grid min-h-0 grid-cols-[minmax(0,1fr)] lg:grid-rows-[62fr_38fr] ${place === 'trade' ? 'max-lg:hidden' : ''}`}
        >
          <div {...panelProps('symbol', symbol.symbol)} className={`min-h-0 ${at('chart')}`}>
            <ChartPanel
              sessionId={session.id}
              {...{ symbol, timeframes, timeframe, ...ofSymbol }}
              onTimeframe={setTimeframe}
            />
          </div>
          <div className={`min-h-0 border-t border-line ${at('orders')}`}>
            <Blotter sessionId={session.id} {...{ synthetic, orders, positions, fills }} />
          </div>
        </div>
        <aside
          aria-label="Trade"
          className={`min-h-0 overflow-y-auto border-line bg-surface-1 lg:border-l ${at('trade')}`}
        >
          <OrderTicket sessionId={session.id} symbol={symbol} isCompleted={clock.data.isCompleted} />
          <AccountSummary account={account.data} />
        </aside>
      </main>
      <nav aria-label="Regions" className="shrink-0 border-t border-line bg-surface-1 lg:hidden">
        <div className="grid grid-cols-3">
          {PLACES.map(({ id, label }) => (
            <button
              key={id}
              type="button"
              aria-pressed={place === id}
              onClick={() => setPlace(id)}
              className={`h-12 text-13 font-medium ${place === id ? 'text-ink shadow-[inset_0_2px_0_var(--ink)]' : 'text-muted'}`}
            >
              {label}
            </button>
          ))}
        </div>
      </nav>
    </div>
  );
}
