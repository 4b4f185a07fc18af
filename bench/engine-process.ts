/** Runs one contender of the engine bench in a process of its own, cold once and then warm, and reports to its parent. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createTape } from '../server/engine/market/tape';
import { type BenchFills } from './bench-fills';
import { fillsOf } from './bench-session';
import { handWrittenBrackets } from './bracket';
import { bracketsInsideEngine } from './bracket-engine';
import { handWrittenResting, PARTS, partOf, restingFills, restingPrices } from './resting';
import { toTheEnd, withRestingOrders } from './resting-engine';
import { handWritten } from './sma-cross';
import { byCommands, insideEngine, SYMBOL } from './sma-engine';
import { syntheticMinutes } from './synthetic-minutes';

export type Contender =
  | 'sma_loop'
  | 'sma_engine'
  | 'sma_commands'
  | 'bracket_loop'
  | 'bracket_engine'
  | 'resting_loop'
  | 'resting_engine';

export interface EngineReport {
  readonly coldMs: number;
  readonly warmMs: readonly number[];
  /** What comes before the clock starts: placing the resting orders, or sorting them. Zero elsewhere. */
  readonly preparedMs: number;
  /** The most memory that the process held, in MB. */
  readonly peakMb: number;
  readonly fills: BenchFills;
}

/** Processor time of one run, and its fills, which are read when nobody looks at the clock. */
interface Measured {
  readonly ms: number;
  readonly preparedMs?: number;
  readonly fills: () => BenchFills;
}

const SEED = 7;
const SMA_BARS = 1_000_000;
const SYMBOL_YEAR = 98_280;
const SYMBOLS = 50;
const RESTING = 100_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Processor time and not the wall's: other work on the machine must not count, nor the garbage of what came before. */
function timed<T>(run: () => T): { ms: number; result: T } {
  collectGarbage();
  const before = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(before);
  return { ms: (user + system) / 1_000, result };
}

/** For what lasts a millisecond: processor time would count the collector's threads, which go on for longer. */
function clocked<T>(run: () => T): { ms: number; result: T } {
  collectGarbage();
  const started = performance.now();
  const result = run();
  return { ms: performance.now() - started, result };
}

function sma(contender: Contender): () => Measured {
  const bars = syntheticMinutes(SMA_BARS, SEED);
  if (contender === 'sma_loop') {
    return () => {
      const { ms, result } = timed(() => handWritten(bars));
      return { ms, fills: () => result };
    };
  }
  const tape = createTape('1Min', [{ symbol: SYMBOL, bars }]);
  const run = contender === 'sma_engine' ? insideEngine : byCommands;
  return () => {
    const { ms, result } = timed(() => run(bars, tape));
    return { ms, fills: () => fillsOf(result, [SYMBOL], bars) };
  };
}

function brackets(contender: Contender): () => Measured {
  const names = Array.from({ length: SYMBOLS }, (_, index) => `B${String(index).padStart(2, '0')}`);
  const columns = names.map((_, index) => syntheticMinutes(SYMBOL_YEAR, SEED + index));
  const [first] = columns;
  if (first === undefined) throw new Error('expected at least one symbol');
  if (contender === 'bracket_loop') {
    return () => {
      const { ms, result } = timed(() => handWrittenBrackets(columns));
      return { ms, fills: () => result };
    };
  }
  const series = columns.map((bars, index) => ({ symbol: names[index] as string, bars }));
  const tape = createTape('1Min', series);
  return () => {
    const { ms, result } = timed(() => bracketsInsideEngine(first, tape));
    return { ms, fills: () => fillsOf(result, names, first) };
  };
}

function resting(contender: Contender): () => Measured {
  const bars = syntheticMinutes(SYMBOL_YEAR, SEED);
  const prices = Array.from({ length: PARTS }, (_, part) => restingPrices(bars, part, RESTING));
  if (contender === 'resting_loop') {
    return () => {
      const preparation = timed(() => prices.map((part) => Float64Array.from(part).reverse().sort()));
      const fills = restingFills(RESTING);
      const { ms } = clocked(() => {
        preparation.result.forEach((sorted, part) => {
          const { from, to } = partOf(bars.length, part);
          handWrittenResting(bars, sorted, from, to, fills);
        });
      });
      return { ms, preparedMs: preparation.ms, fills: () => fills };
    };
  }
  const tape = createTape('1Min', [{ symbol: SYMBOL, bars }]);
  return () => {
    const preparation = timed(() =>
      prices.map((part, index) => withRestingOrders(bars, tape, SYMBOL, index, part)),
    );
    const { ms, result } = clocked(() => preparation.result.map(toTheEnd));
    return { ms, preparedMs: preparation.ms, fills: () => fillsOf(result.flat(), [SYMBOL], bars) };
  };
}

const [contender = '', rounds] = process.argv.slice(2);
const subject = contender.split('_')[0];
const prepare = subject === 'sma' ? sma : subject === 'bracket' ? brackets : resting;
const run = prepare(contender as Contender);
/** What a run leaves behind is gone before the next. */
function once(): { coldMs: number; fills: BenchFills } {
  const { ms, fills } = run();
  return { coldMs: ms, fills: fills() };
}
const { coldMs, fills } = once();
const warm = Array.from({ length: Number(rounds) }, () => {
  const { ms, preparedMs = 0 } = run();
  return { ms, preparedMs };
});
const report: EngineReport = {
  coldMs,
  warmMs: warm.map(({ ms }) => ms),
  preparedMs: Math.min(...warm.map(({ preparedMs }) => preparedMs)),
  peakMb: process.resourceUsage().maxRSS / 1_024,
  fills,
};
if (process.send === undefined) {
  console.log(contender, coldMs, report.warmMs, report.preparedMs, report.peakMb, fills.count);
} else {
  process.send(report);
}
