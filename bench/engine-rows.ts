/** The engine against a loop written by hand: same bars, same decisions, and the same fills or no result. */
import { reportOf } from './child';
import type { Contender, EngineReport } from './engine-process';
import { costRow, median, type Row } from './row';

const BARS = 1_000_000;
const ROUNDS: Record<Contender, number> = { hand_written: 15, inside_engine: 7, by_commands: 3 };
/** Floats against exact decimals: what a cent rounded the other way can make of an all-in quantity. */
const TOLERANCE = 1e-6;

export async function engineRows(): Promise<Row[]> {
  const floor = await measure('hand_written');
  const engine = await measure('inside_engine');
  const stepped = await measure('by_commands');
  requireSameFills(floor, engine);
  requireSameFills(floor, stepped);
  const floorWarm = median(floor.warmMs);
  const name = 'engine, SMA cross, 1 M bars';
  return [
    costRow(`${name}, warm`, median(engine.warmMs), 'ms', floorWarm, 12),
    costRow(`${name}, cold`, engine.coldMs, 'ms', floor.coldMs, 12),
    costRow(`${name}, a command a bar, warm`, median(stepped.warmMs), 'ms', floorWarm, null),
    costRow(`${name}, a command a bar, cold`, stepped.coldMs, 'ms', floor.coldMs, null),
  ];
}

function measure(contender: Contender): Promise<EngineReport> {
  return reportOf<EngineReport>('engine-process.ts', [contender, String(BARS), String(ROUNDS[contender])]);
}

function requireSameFills(expected: EngineReport, found: EngineReport): void {
  const differs = expected.fills.findIndex((fill, index) => {
    const other = found.fills[index];
    return (
      other === undefined ||
      fill[0] !== other[0] ||
      fill[1] !== other[1] ||
      fill[2] !== other[2] ||
      Math.abs(fill[3] - other[3]) > TOLERANCE * fill[3]
    );
  });
  if (differs < 0 && expected.fills.length === found.fills.length) return;
  const at = differs < 0 ? expected.fills.length : differs;
  throw new Error(
    `expected the fills of the hand-written loop (${expected.fills.length}), found ${found.fills.length}; ` +
      `number ${at}: ${JSON.stringify(expected.fills[at])} against ${JSON.stringify(found.fills[at])}`,
  );
}
