/** Collects bars as they are read, in any order, and hands them over ascending and unique by time. */
import { type BarColumns, BAR_FIELDS, emptyBars, sliceBars } from '../../engine/market/bars';

const FIRST_CAPACITY = 16_384;

export interface BuiltBars {
  readonly bars: BarColumns;
  /** Bars that came after a later one. */
  readonly outOfOrder: number;
  /** Bars that gave way to a later row of the same time. */
  readonly duplicates: number;
}

export class BarBuilder {
  private columns = emptyBars(FIRST_CAPACITY);
  private length = 0;
  private outOfOrder = 0;
  private last = -Infinity;
  private ascending = true;

  get count(): number {
    return this.length;
  }

  /** One value a field, in the order of BAR_FIELDS: the caller's own array, which is copied out of. */
  add(values: Float64Array): void {
    if (this.length === this.columns.length) this.grow();
    const { columns, length } = this;
    const time = values[0] as number;
    columns.time[length] = time;
    columns.open[length] = values[1] as number;
    columns.high[length] = values[2] as number;
    columns.low[length] = values[3] as number;
    columns.close[length] = values[4] as number;
    columns.volume[length] = values[5] as number;
    columns.vwap[length] = values[6] as number;
    columns.tradeCount[length] = values[7] as number;
    if (time <= this.last) {
      this.ascending = false;
      if (time < this.last) this.outOfOrder++;
    }
    this.last = time;
    this.length++;
  }

  build(): BuiltBars {
    const { outOfOrder } = this;
    if (this.ascending) return { bars: sliceBars(this.columns, 0, this.length), outOfOrder, duplicates: 0 };
    const order = this.orderByTime();
    const bars = emptyBars(order.length);
    order.forEach((from, to) => {
      for (const field of BAR_FIELDS) bars[field][to] = this.columns[field][from] as number;
    });
    return { bars, outOfOrder, duplicates: this.length - order.length };
  }

  /** Indexes in order of time; of several bars of one time, the one that was read last. */
  private orderByTime(): number[] {
    const { time } = this.columns;
    const at = (index: number): number => time[index] as number;
    const order = Uint32Array.from({ length: this.length }, (_, index) => index);
    order.sort((a, b) => at(a) - at(b) || a - b);
    return [...order].filter((index, place) => {
      const next = order[place + 1];
      return next === undefined || at(next) !== at(index);
    });
  }

  private grow(): void {
    const grown = emptyBars(this.columns.length * 2);
    for (const field of BAR_FIELDS) grown[field].set(this.columns[field]);
    this.columns = grown;
  }
}
