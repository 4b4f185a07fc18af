/** Runs one contender of the engine bench in a process of its own, cold once and then warm, and reports to its parent. */
import { createTape } from '../server/engine/market/tape';
import { handWritten, type BenchFill } from './sma-cross';
import { byCommands, fillsOf, insideEngine, SYMBOL } from './sma-engine';
import { syntheticMinutes } from './synthetic-minutes';

export type Contender = 'hand_written' | 'inside_engine' | 'by_commands';

export interface EngineReport {
  readonly coldMs: number;
  readonly warmMs: readonly number[];
  readonly fills: readonly BenchFill[];
}

const SEED = 7;
const [contender, count, rounds] = process.argv.slice(2);
const bars = syntheticMinutes(Number(count), SEED);
const tape = createTape('1Min', [{ symbol: SYMBOL, bars }]);

/** Runs once; the fills are read from the outcome later, when nobody looks at the clock. */
const contenders: Record<Contender, () => () => BenchFill[]> = {
  hand_written: () => {
    const fills = handWritten(bars);
    return () => fills;
  },
  inside_engine: () => {
    const events = insideEngine(bars, tape);
    return () => fillsOf(events, bars);
  },
  by_commands: () => {
    const events = byCommands(bars, tape);
    return () => fillsOf(events, bars);
  },
};
const run = contenders[contender as Contender];

function timed(): { ms: number; fills: () => BenchFill[] } {
  const started = performance.now();
  const fills = run();
  return { ms: performance.now() - started, fills };
}

const cold = timed();
const fills = cold.fills();
const warmMs = Array.from({ length: Number(rounds) }, () => timed().ms);
const report: EngineReport = { coldMs: cold.ms, warmMs, fills };
process.send?.(report);
