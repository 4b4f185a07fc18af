/**
 * The chart itself, outside of React: candles, volume, fills and order lines on one canvas.
 *
 * What is handed over is drawn at the next animation frame, once, however often it changed until then.
 * Handing over data never moves or zooms the view; only `showNewest` does.
 */
import {
  CandlestickSeries,
  createChartEx,
  createSeriesMarkers,
  createTextWatermark,
  HistogramSeries,
  LineSeries,
  LineStyle,
  type CandlestickData,
  type HistogramData,
  type IChartApiBase,
  type IPriceLine,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  type ITextWatermarkPluginApi,
  type MouseEventParams,
  type SeriesMarker,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import type { ChartBar } from './bar-series';
import { faded, type ChartColours } from './chart-colours';
import { candleOptions, chartOptions, FILL_OPTIONS, volumeOptions, watermarkOptions } from './chart-options';
import type { FillMarker, OrderLine } from './fill-markers';
import { NewYorkScale } from './new-york-scale';

/** More new bars than this are set anew at once: each single update costs as much as all of them. */
const UPDATES_MAX = 40;
/** In view at first: at most so many, and never so few that a young series looks like planks. */
const BARS_SHOWN = 120;
const BARS_SHOWN_MIN = 40;
const ROOM_ON_THE_RIGHT = 6;
/** Fewer bars than this to the left of the view, and older ones are asked for. */
const OLDER_BELOW = 200;

interface Events {
  onOlderWanted(): void;
  /** The bar under the crosshair, or null outside. */
  onHover(time: number | null): void;
  /** Whether the newest bar is in view. */
  onFollowing(isFollowing: boolean): void;
}

const secondsOf = (time: number): UTCTimestamp => (time / 1_000) as UTCTimestamp;

export class PriceChart {
  private readonly chart: IChartApiBase<Time>;
  private readonly candles: ISeriesApi<'Candlestick', Time>;
  private readonly volume: ISeriesApi<'Histogram', Time>;
  /** Invisible points at the fills, so that one in a bar that cannot be seen yet has a place on the axis. */
  private readonly fillPoints: ISeriesApi<'Line', Time>;
  private readonly markers: ISeriesMarkersPluginApi<Time>;
  private readonly watermark: ITextWatermarkPluginApi<Time> | null;
  private readonly lines = new Map<string, IPriceLine>();
  private bars: readonly ChartBar[] = [];
  private drawn: readonly ChartBar[] = [];
  private fills: readonly FillMarker[] = [];
  private orders: readonly OrderLine[] = [];
  private stale = { bars: false, fills: false, orders: false };
  private frame = 0;
  private isNewestWanted = false;

  constructor(
    private readonly element: HTMLElement,
    private colours: ChartColours,
    private readonly events: Events,
  ) {
    this.chart = createChartEx<Time, NewYorkScale>(element, new NewYorkScale(), chartOptions(colours));
    this.candles = this.chart.addSeries(CandlestickSeries, candleOptions(colours));
    this.volume = this.chart.addSeries(HistogramSeries, volumeOptions());
    this.volume.priceScale().applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
    this.fillPoints = this.chart.addSeries(LineSeries, FILL_OPTIONS);
    this.markers = createSeriesMarkers(this.fillPoints, [], { zOrder: 'aboveSeries' });
    const pane = this.chart.panes()[0];
    this.watermark = pane === undefined ? null : createTextWatermark(pane, watermarkOptions(colours));
    this.chart.timeScale().subscribeVisibleLogicalRangeChange(this.onRange);
    this.chart.subscribeCrosshairMove(this.onCrosshair);
  }

  setBars(bars: readonly ChartBar[]): void {
    this.bars = bars;
    this.schedule('bars');
  }

  setFills(fills: readonly FillMarker[]): void {
    this.fills = fills;
    this.schedule('fills');
  }

  setOrders(orders: readonly OrderLine[]): void {
    this.orders = orders;
    this.schedule('orders');
  }

  setColours(colours: ChartColours): void {
    this.colours = colours;
    this.chart.applyOptions(chartOptions(colours));
    this.candles.applyOptions(candleOptions(colours));
    this.watermark?.applyOptions(watermarkOptions(colours));
    this.drawn = [];
    for (const part of ['bars', 'fills', 'orders'] as const) this.schedule(part);
  }

  /** Puts the newest bars in view, once the bars that were handed over are drawn. */
  showNewest(): void {
    this.isNewestWanted = true;
    this.schedule('bars');
  }

  follow(): void {
    this.chart.timeScale().scrollToRealTime();
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    this.chart.remove();
  }

  private schedule(part: keyof PriceChart['stale']): void {
    this.stale[part] = true;
    if (this.frame === 0) this.frame = requestAnimationFrame(this.draw);
  }

  private readonly draw = (): void => {
    this.frame = 0;
    const { bars, fills, orders } = this.stale;
    this.stale = { bars: false, fills: false, orders: false };
    if (bars) this.drawBars();
    if (fills) this.drawFills();
    if (orders) this.drawOrders();
    if (this.isNewestWanted && this.bars.length > 0) {
      this.isNewestWanted = false;
      const to = this.bars.length + ROOM_ON_THE_RIGHT;
      const from = Math.max(to - BARS_SHOWN, Math.min(0, to - BARS_SHOWN_MIN));
      this.chart.timeScale().setVisibleLogicalRange({ from, to });
    }
    // For assistive tools and tests: a canvas cannot be read.
    this.element.dataset['bars'] = String(this.bars.length);
    this.element.dataset['fills'] = String(this.fills.length);
    this.element.dataset['orders'] = String(this.orders.length);
    this.element.dataset['lastBar'] = String(this.bars.at(-1)?.time ?? '');
  };

  private drawBars(): void {
    const added = this.addedBars();
    if (added === null) {
      this.candles.setData(this.bars.map((bar) => this.candleOf(bar)));
      this.volume.setData(this.bars.map((bar) => this.volumeOf(bar)));
    } else {
      for (const bar of added) {
        this.candles.update(this.candleOf(bar));
        this.volume.update(this.volumeOf(bar));
      }
    }
    const last = this.bars.at(-1);
    // A hollow candle's own colour is the background's, which would hide the label of the last price.
    const isDown = last !== undefined && last.close < last.open;
    this.candles.applyOptions({ priceLineColor: isDown ? this.colours.down : this.colours.up });
    this.drawn = this.bars;
  }

  /** The bars that only have to be added to what is drawn; null when all must be set. */
  private addedBars(): readonly ChartBar[] | null {
    const last = this.drawn.at(-1);
    if (last === undefined || this.drawn[0]?.time !== this.bars[0]?.time) return null;
    const from = this.drawn.length - 1;
    if (this.bars[from]?.time !== last.time || this.bars.length - from > UPDATES_MAX) return null;
    return this.bars.slice(from);
  }

  private candleOf({ time, open, high, low, close }: ChartBar): CandlestickData<Time> {
    return { time: secondsOf(time), open, high, low, close };
  }

  private volumeOf({ time, open, close, volume }: ChartBar): HistogramData<Time> {
    const colour = close >= open ? this.colours.up : this.colours.down;
    return { time: secondsOf(time), value: volume, color: faded(colour, 0.35) };
  }

  private drawFills(): void {
    const points = new Map(this.fills.map(({ time, price }) => [time, price]));
    this.fillPoints.setData([...points].map(([time, value]) => ({ time: secondsOf(time), value })));
    this.markers.setMarkers(this.fills.map((fill) => this.markerOf(fill)));
  }

  private markerOf({ id, time, side, price, text }: FillMarker): SeriesMarker<Time> {
    const isBuy = side === 'buy';
    return {
      id,
      text,
      price,
      time: secondsOf(time),
      position: isBuy ? 'atPriceBottom' : 'atPriceTop',
      shape: isBuy ? 'arrowUp' : 'arrowDown',
      color: this.colours.ink,
    };
  }

  private drawOrders(): void {
    for (const line of this.lines.values()) this.candles.removePriceLine(line);
    this.lines.clear();
    for (const { id, side, price, title } of this.orders) {
      const color = side === 'buy' ? this.colours.up : this.colours.down;
      const options = { id, price, title, color, lineStyle: LineStyle.Dashed, lineWidth: 1 } as const;
      this.lines.set(id, this.candles.createPriceLine({ ...options, axisLabelVisible: true }));
    }
  }

  private readonly onRange = (range: { readonly from: number; readonly to: number } | null): void => {
    if (range === null) return;
    this.events.onFollowing(range.to >= this.bars.length - 1);
    if (this.drawn.length > 0 && range.from < OLDER_BELOW) this.events.onOlderWanted();
  };

  private readonly onCrosshair = ({ time }: MouseEventParams<Time>): void => {
    this.events.onHover(time === undefined ? null : Number(time) * 1_000);
  };
}
