/** Collects rows as they are read, in any order, and hands them over as columns ascending by time. */
import {
  type Column,
  columnOf,
  type ColumnShape,
  emptyColumns,
  fieldsOf,
  pickRows,
  sliceColumns,
  type TimedColumns,
} from '../../sessions/columns';

const FIRST_CAPACITY = 16_384;

export interface Built<C> {
  readonly columns: C;
  /** Rows that came after a later one. */
  readonly outOfOrder: number;
  /** Rows that gave way to a later row of the same time. */
  readonly duplicates: number;
}

export class ColumnBuilder<C extends TimedColumns> {
  private columns: C;
  private arrays: readonly Column[];
  private length = 0;
  private outOfOrder = 0;
  private repeats = 0;
  private last = -Infinity;

  /** `unique`: of several rows of one time the one that was read last stays; else all stay, as they were read. */
  constructor(
    private readonly shape: ColumnShape<C>,
    private readonly unique: boolean,
  ) {
    this.columns = emptyColumns(shape, FIRST_CAPACITY);
    this.arrays = this.arraysOf(this.columns);
  }

  /** One value a column, in the order of the shape, time first: the caller's own array, which is copied out of. */
  add(values: ArrayLike<number>): void {
    if (this.length === this.columns.length) this.grow();
    const { arrays, length } = this;
    for (let place = 0; place < arrays.length; place++) {
      (arrays[place] as Column)[length] = values[place] as number;
    }
    const time = values[0] as number;
    if (time < this.last) this.outOfOrder++;
    else if (time === this.last) this.repeats++;
    this.last = time;
    this.length++;
  }

  build(): Built<C> {
    const { outOfOrder, shape } = this;
    const isDone = outOfOrder === 0 && (this.repeats === 0 || !this.unique);
    if (isDone)
      return { columns: sliceColumns(shape, this.columns, 0, this.length), outOfOrder, duplicates: 0 };
    const order = this.orderByTime();
    return {
      columns: pickRows(shape, this.columns, order),
      outOfOrder,
      duplicates: this.length - order.length,
    };
  }

  private orderByTime(): Uint32Array {
    const { time } = this.columns;
    const at = (index: number): number => time[index] as number;
    const order = Uint32Array.from({ length: this.length }, (_, index) => index);
    order.sort((a, b) => at(a) - at(b) || a - b);
    if (!this.unique) return order;
    return order.filter((index, place) => {
      const next = order[place + 1];
      return next === undefined || at(next) !== at(index);
    });
  }

  private grow(): void {
    const grown = emptyColumns(this.shape, this.columns.length * 2);
    const arrays = this.arraysOf(grown);
    arrays.forEach((array, place) => array.set(this.arrays[place] as Column));
    this.columns = grown;
    this.arrays = arrays;
  }

  private arraysOf(columns: C): readonly Column[] {
    return fieldsOf(this.shape).map(([name]) => columnOf(columns, name));
  }
}
