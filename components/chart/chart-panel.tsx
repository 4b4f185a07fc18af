'use client';
/** The chart's frame: which symbol, which timeframe, picture or table. The chart itself is loaded in the browser only. */
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { FillRow, OrderRow, SessionSymbol } from '../client/trpc';
import { Button } from '../ui/button';
import { SyntheticMark } from '../ui/chip';
import type { ChartTimeframe } from './timeframes';

const ChartView = dynamic(() => import('./chart-view'), { ssr: false });

interface Props {
  readonly sessionId: string;
  readonly symbol: SessionSymbol;
  readonly timeframes: readonly ChartTimeframe[];
  readonly timeframe: ChartTimeframe;
  readonly onTimeframe: (timeframe: ChartTimeframe) => void;
  readonly fills: readonly FillRow[];
  readonly orders: readonly OrderRow[];
}

export function ChartPanel(props: Props) {
  const { sessionId, symbol, timeframes, timeframe, onTimeframe, fills, orders } = props;
  const [isTable, setTable] = useState(false);
  return (
    <section aria-label="Chart" className="flex h-full min-h-0 flex-col">
      <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-3 max-lg:h-12">
        <h2 className="text-13 font-semibold max-md:sr-only">{symbol.symbol}</h2>
        <span className="truncate text-12 text-muted max-md:hidden">
          {symbol.name === symbol.symbol ? '' : symbol.name}
        </span>
        <span className="max-md:hidden">{symbol.synthetic ? <SyntheticMark /> : null}</span>
        <div role="group" aria-label="Timeframe" className="flex md:ml-auto">
          {timeframes.map((offered) => (
            <button
              key={offered.id}
              type="button"
              title={offered.words}
              aria-pressed={offered.id === timeframe.id}
              onClick={() => onTimeframe(offered)}
              className={`h-6 min-w-8 rounded-[3px] px-1.5 text-12 font-medium tabular-nums max-lg:h-11 max-lg:min-w-9 ${
                offered.id === timeframe.id ? 'bg-surface-2 text-ink' : 'text-muted hover:text-ink'
              }`}
            >
              {offered.label}
            </button>
          ))}
        </div>
        <Button look="quiet" size="small" className="max-md:ml-auto" onClick={() => setTable(!isTable)}>
          {isTable ? 'View as chart' : 'View as table'}
        </Button>
      </div>
      <div className="min-h-0 flex-1">
        <ChartView {...{ sessionId, symbol: symbol.symbol, timeframe, fills, orders, isTable }} />
      </div>
    </section>
  );
}
