/** Runs one contender of the engine bench in a process of its own, cold once and then warm, and reports to its parent. */
import { createTape } from '../server/engine/market/tape';
import { handWritten, type BenchFill } from './sma-cross';
import { SYMBOL, throughEngine } from './sma-engine';
import { syntheticMinutes } from './synthetic-minutes';

export type Contender = 'hand_written' | 'by_decision' | 'by_bar';

export interface EngineReport {
  readonly coldMs: number;
  readonly warmMs: readonly number[];
  readonly fills: readonly BenchFill[];
}

const SEED = 7;
const [contender, count, rounds] = process.argv.slice(2);
const bars = syntheticMinutes(Number(count), SEED);
const tape = createTape('1Min', [{ symbol: SYMBOL, bars }]);

const contenders: Record<Contender, () => BenchFill[]> = {
  hand_written: () => handWritten(bars),
  by_decision: () => throughEngine(bars, tape, 'by_decision'),
  by_bar: () => throughEngine(bars, tape, 'by_bar'),
};
const run = contenders[contender as Contender];

function timed(): { ms: number; fills: BenchFill[] } {
  const started = performance.now();
  const fills = run();
  return { ms: performance.now() - started, fills };
}

const cold = timed();
const warmMs = Array.from({ length: Number(rounds) }, () => timed().ms);
const report: EngineReport = { coldMs: cold.ms, warmMs, fills: cold.fills };
process.send?.(report);
