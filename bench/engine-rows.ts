/** The engine against loops written by hand: same bars, same decisions, and the same fills or no result. */
import { requireSameFills } from './bench-fills';
import { reportOf } from './child';
import type { Contender, EngineReport } from './engine-process';
import { costRow, median, type Row } from './row';

const ROUNDS: Record<Contender, number> = {
  sma_loop: 15,
  sma_engine: 9,
  sma_commands: 3,
  bracket_loop: 9,
  bracket_engine: 5,
  resting_loop: 15,
  resting_engine: 7,
};

/** Times are processor time, but for the resting orders', which are too short for it. */
export async function engineRows(): Promise<Row[]> {
  return [...(await smaRows()), ...(await bracketRows()), ...(await restingRows())];
}

async function smaRows(): Promise<Row[]> {
  const name = 'engine, SMA cross, 1 M bars';
  const loop = await measure('sma_loop');
  const engine = await measureLike(loop, 'sma_engine');
  const commands = await measureLike(loop, 'sma_commands');
  return [
    ...rowsOf(name, loop, engine, 12),
    warmRow(`${name}, a command a bar`, loop, commands, null),
    costRow(`${name}, a command a bar, cold`, commands.coldMs, 'ms', loop.coldMs, null),
  ];
}

async function bracketRows(): Promise<Row[]> {
  const loop = await measure('bracket_loop');
  const engine = await measureLike(loop, 'bracket_engine');
  return rowsOf('engine, brackets, 50 symbols x 98,280 bars', loop, engine, 60);
}

async function restingRows(): Promise<Row[]> {
  const name = 'engine, 100,000 resting orders, 98,280 bars';
  const loop = await measure('resting_loop');
  const engine = await measureLike(loop, 'resting_engine');
  return [
    warmRow(name, loop, engine, 3),
    costRow(`${name}, placing them 5 times`, engine.preparedMs, 'ms', loop.preparedMs, null),
    memoryRow(name, loop, engine),
  ];
}

function rowsOf(name: string, loop: EngineReport, engine: EngineReport, bar: number): Row[] {
  return [
    warmRow(name, loop, engine, bar),
    costRow(`${name}, cold`, engine.coldMs, 'ms', loop.coldMs, bar),
    memoryRow(name, loop, engine),
  ];
}

function warmRow(name: string, loop: EngineReport, engine: EngineReport, bar: number | null): Row {
  return costRow(`${name}, warm`, median(engine.warmMs), 'ms', median(loop.warmMs), bar);
}

/** The bars themselves are in both. */
function memoryRow(name: string, loop: EngineReport, engine: EngineReport): Row {
  return costRow(`${name}, peak memory`, engine.peakMb, 'MB', loop.peakMb, null);
}

function measure(contender: Contender): Promise<EngineReport> {
  return reportOf<EngineReport>('engine-process.ts', [contender, String(ROUNDS[contender])]);
}

async function measureLike(loop: EngineReport, contender: Contender): Promise<EngineReport> {
  const report = await measure(contender);
  requireSameFills(loop.fills, report.fills);
  return report;
}
