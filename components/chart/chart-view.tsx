'use client';
/** Mounts the chart of one symbol and timeframe, and keeps its bars, fills and order lines up to date. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { FillRow, OrderRow } from '../client/trpc';
import { Button } from '../ui/button';
import { Empty, Failure } from '../ui/region';
import { THEME_CHANGED } from '../ui/theme';
import { barAtOrBefore, type ChartBar } from './bar-series';
import { BarsTable } from './bars-table';
import { readColours } from './chart-colours';
import { fillMarkers, orderLines } from './fill-markers';
import { ChartLegend } from './chart-legend';
import { writeLegend } from './legend';
import { PriceChart } from './price-chart';
import type { ChartTimeframe } from './timeframes';
import { useChartBars } from './use-chart-bars';

interface Props {
  readonly sessionId: string;
  readonly symbol: string;
  readonly timeframe: ChartTimeframe;
  readonly fills: readonly FillRow[];
  readonly orders: readonly OrderRow[];
  readonly isTable: boolean;
}

const NO_BARS: readonly ChartBar[] = [];

export default function ChartView({ sessionId, symbol, timeframe, fills, orders, isTable }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const legend = useRef<HTMLDivElement>(null);
  const chart = useRef<PriceChart>(null);
  const bars = useRef<readonly ChartBar[]>(NO_BARS);
  const hovered = useRef<number | null>(null);
  const [isFollowing, setFollowing] = useState(true);
  const [isEmpty, setEmpty] = useState(false);
  /** Bars stay out of React's state, except the few that the table shows while it is open. */
  const [listed, setListed] = useState<readonly ChartBar[]>(NO_BARS);

  const drawLegend = useCallback(() => {
    if (legend.current === null) return;
    const bar = hovered.current === null ? bars.current.at(-1) : barAtOrBefore(bars.current, hovered.current);
    writeLegend(legend.current, bar, timeframe);
  }, [timeframe]);

  const drawFills = useCallback(() => {
    chart.current?.setFills(fillMarkers(fills, timeframe, bars.current[0]?.time ?? Infinity));
  }, [fills, timeframe]);

  const latest = useRef({ drawFills, drawLegend, isTable });
  useLayoutEffect(() => {
    latest.current = { drawFills, drawLegend, isTable };
  });
  useEffect(() => setListed(isTable ? bars.current : NO_BARS), [isTable]);

  const onBars = useCallback((held: readonly ChartBar[], isNew: boolean) => {
    bars.current = held;
    chart.current?.setBars(held);
    latest.current.drawFills();
    if (isNew) chart.current?.showNewest();
    latest.current.drawLegend();
    setEmpty(held.length === 0);
    if (latest.current.isTable) setListed(held);
  }, []);
  const reading = useChartBars({ sessionId, symbol, timeframe }, onBars);
  const { wantOlder } = reading;

  useLayoutEffect(() => {
    const mount = element.current;
    if (mount === null) return undefined;
    const made = new PriceChart(mount, readColours(mount), {
      onOlderWanted: wantOlder,
      onHover: (time) => {
        hovered.current = time;
        latest.current.drawLegend();
      },
      onFollowing: setFollowing,
    });
    chart.current = made;
    made.setBars(bars.current);
    const recolour = (): void => made.setColours(readColours(mount));
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    window.addEventListener(THEME_CHANGED, recolour);
    system.addEventListener('change', recolour);
    return () => {
      window.removeEventListener(THEME_CHANGED, recolour);
      system.removeEventListener('change', recolour);
      chart.current = null;
      made.destroy();
    };
  }, [wantOlder]);

  useEffect(() => drawFills(), [drawFills]);
  useEffect(() => chart.current?.setOrders(orderLines(orders)), [orders]);

  return (
    <div className="relative h-full min-h-0">
      <ChartLegend ref={legend} />
      <div
        ref={element}
        data-testid="chart"
        role="group"
        aria-label={`${symbol}: candles of ${timeframe.words} with volume, fills and open orders. View as table for the numbers.`}
        className={`absolute inset-0 ${isTable ? 'invisible' : ''}`}
      />
      {isTable ? (
        <div
          tabIndex={0}
          role="region"
          aria-label={`Bars of ${symbol}`}
          className="absolute inset-0 overflow-y-auto bg-surface-0"
        >
          {/* Until the bars asked for are there, those of the symbol before must not stand under its name. */}
          {reading.state === 'ready' ? <BarsTable {...{ symbol, timeframe }} bars={listed} /> : null}
        </div>
      ) : null}
      {isFollowing || isTable || isEmpty ? null : (
        <div className="absolute right-20 bottom-10 z-10">
          <Button size="small" className="bg-surface-0" onClick={() => chart.current?.follow()}>
            Follow ⇥
          </Button>
        </div>
      )}
      <div className="absolute inset-x-0 top-10 z-10">
        {reading.state === 'failed' ? (
          <Failure what="Bars" message={reading.message ?? ''} onRetry={reading.retry} />
        ) : null}
        {reading.state === 'ready' && isEmpty && !isTable ? (
          <Empty>No bars of {symbol} up to now. Step the clock, or import bars that begin earlier.</Empty>
        ) : null}
        {reading.state === 'loading' ? (
          <p role="status" className="px-3 text-12 text-faint">
            Reading bars…
          </p>
        ) : null}
      </div>
    </div>
  );
}
