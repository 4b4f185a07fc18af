/**
 * Logs that earlier versions wrote must still fold, and their commands still give the same events. A file is written
 * once (PADDOCK_WRITE_HISTORY=name) and never changed: when one breaks, stored sessions break with it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ratio } from '../units/decimal';
import { fromJson, toJson } from './codec';
import type { Command } from './command';
import type { SimulationEvent } from './event';
import { configurationOf, tapeOf, termsOf, TEN_O_CLOCK, type Ohlcv, type Scenario } from './scenario.fixture';
import { Simulation } from './simulation';

const FOLDER = join(import.meta.dirname, 'histories');

interface History {
  readonly tape: Scenario['tape'];
  readonly configuration: unknown;
  readonly commands: readonly unknown[];
  readonly events: readonly unknown[];
  readonly runHash: string;
}

function begin({ tape, configuration }: Pick<History, 'tape' | 'configuration'>): Simulation {
  return Simulation.start(fromJson(configuration), tapeOf(tape, TEN_O_CLOCK));
}

describe('kept histories', () => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  test('there are some', () => expect(files.length).toBeGreaterThan(0));

  test.each(files)('%s folds to its hash, and its commands give its events', (file) => {
    const history = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as History;
    const folded = begin(history);
    folded.fold(fromJson<SimulationEvent[]>(history.events));
    expect(folded.runHash()).toBe(history.runHash);
    const again = begin(history);
    const events = fromJson<Command[]>(history.commands).flatMap((command) => [
      ...again.apply(command).events,
    ]);
    expect(toJson(events)).toEqual(history.events);
    expect(again.runHash()).toBe(history.runHash);
    expect(again.snapshot()).toEqual(folded.snapshot());
  });
});

const name = process.env['PADDOCK_WRITE_HISTORY'];
test.runIf(name !== undefined)('writes a history', () => {
  const wave = (base: number): Ohlcv[] =>
    Array.from({ length: 60 }, (_, minute): Ohlcv => {
      const open = base + Math.round(Math.sin(minute / 5) * 300) / 100;
      return [open, open + 1.25, open - 1.5, open + 0.5, 2_000 + minute * 10];
    });
  const tape = { ACME: wave(100), BETA: wave(40) };
  const volume = { model: 'participation', rate: ratio('0.1'), scope: 'account' } as const;
  const slippage = { model: 'range_fraction', fraction: ratio('0.1') } as const;
  const configuration = configurationOf({ cash: '50000', tape, configuration: { volume, slippage } });
  const place = (...[side, type, words]: Parameters<typeof termsOf>): Command => ({
    type: 'PlaceOrder',
    account: 0,
    terms: termsOf(side, type, words),
  });
  const minutes = (bars: number): Command => ({ type: 'AdvanceClock', target: { to: 'bars', bars } });
  const commands: Command[] = [
    { type: 'OpenAccount', cash: configuration.initialCash },
    minutes(3),
    place('buy', 'market', { qty: '300' }),
    place('buy', 'limit', {
      symbol: 'BETA',
      qty: '50',
      limit: '40',
      orderClass: 'bracket',
      target: '42',
      stopLoss: '38',
    }),
    minutes(10),
    place('sell', 'trailing_stop', { qty: '100', trailPercent: '1.5' }),
    place('buy', 'market', { symbol: 'BETA', notional: '500' }),
    minutes(15),
    place('sell', 'limit', { qty: '50', orderClass: 'oco', target: '104', stopLoss: '97' }),
    { type: 'ClosePosition', account: 0, symbol: 'BETA', amount: 'all' },
    minutes(20),
    { type: 'AdvanceClock', target: { to: 'close' } },
  ];
  const simulation = Simulation.start(configuration, tapeOf(tape, TEN_O_CLOCK));
  const events = commands.flatMap((command) => [...simulation.apply(command).events]);
  const history = {
    tape,
    configuration: toJson(configuration),
    commands: commands.map(toJson),
    events: toJson(events),
    runHash: simulation.runHash(),
  };
  writeFileSync(join(FOLDER, `${name}.json`), `${JSON.stringify(history)}\n`);
  expect(events.length).toBeGreaterThan(20);
});
