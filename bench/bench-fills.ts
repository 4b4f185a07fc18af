/** What every contender of the engine bench hands back: its fills as columns, so that no clock counts their making. */

export interface BenchFills {
  readonly symbol: Uint16Array;
  readonly bar: Uint32Array;
  /** 1 for a buy, -1 for a sell. */
  readonly side: Int8Array;
  readonly price: Float64Array;
  readonly quantity: Float64Array;
  count: number;
}

export function emptyFills(capacity: number): BenchFills {
  return {
    symbol: new Uint16Array(capacity),
    bar: new Uint32Array(capacity),
    side: new Int8Array(capacity),
    price: new Float64Array(capacity),
    quantity: new Float64Array(capacity),
    count: 0,
  };
}

export function addFill(
  fills: BenchFills,
  symbol: number,
  bar: number,
  side: 1 | -1,
  price: number,
  quantity: number,
): void {
  const at = fills.count++;
  fills.symbol[at] = symbol;
  fills.bar[at] = bar;
  fills.side[at] = side;
  fills.price[at] = price;
  fills.quantity[at] = quantity;
}

/** Floats against exact decimals: what a cent rounded the other way can make of an all-in quantity. */
const TOLERANCE = 1e-6;

/** Symbols are compared one by one: nobody promises in which order two of them fill within one minute. */
export function requireSameFills(expected: BenchFills, found: BenchFills): void {
  if (expected.count !== found.count)
    throw new Error(`expected ${expected.count} fills as the hand-written loop has, found ${found.count}`);
  const mine = bySymbol(expected);
  const theirs = bySymbol(found);
  for (let i = 0; i < mine.length; i++) {
    const a = mine[i] as number;
    const b = theirs[i] as number;
    const isSame =
      expected.symbol[a] === found.symbol[b] &&
      expected.bar[a] === found.bar[b] &&
      expected.side[a] === found.side[b] &&
      expected.price[a] === found.price[b] &&
      Math.abs((expected.quantity[a] as number) - (found.quantity[b] as number)) <=
        TOLERANCE * (expected.quantity[a] as number);
    if (!isSame)
      throw new Error(
        `fill ${i}: expected ${describe(expected, a)} as the loop has, found ${describe(found, b)}`,
      );
  }
}

function bySymbol({ symbol, count }: BenchFills): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  return order.sort((a, b) => (symbol[a] as number) - (symbol[b] as number) || a - b);
}

function describe({ symbol, bar, side, price, quantity }: BenchFills, at: number): string {
  return JSON.stringify([symbol[at], bar[at], side[at], price[at], quantity[at]]);
}
