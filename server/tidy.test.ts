/** The house rules as a test: who may import whom, what the engine may not know, and how files begin. */
import { describe, expect, test } from 'vitest';
import { parseSource, readSources, type SourceFile } from './tidy-source';

const sources = readSources(['app', 'components', 'server']);
const product = sources.filter((source) => !source.isTest && !/^server\/tidy/.test(source.path));

/** What each part may import besides itself (docs/architecture.md, "Who imports whom"). */
const MAY_IMPORT: Record<string, readonly string[]> = {
  app: ['server/runtime', 'components', 'server/alpaca', 'server/trpc', 'server/schema', 'server/engine'],
  components: ['server/schema', 'server/engine/units', 'types of server/trpc/router'],
  'server/commands': [
    'server/runtime',
    'server/stores',
    'server/feeds',
    'server/sessions',
    'server/schema',
    'server/engine',
  ],
  'server/runtime': [
    'server/alpaca',
    'server/trpc',
    'server/stores',
    'server/feeds',
    'server/sessions',
    'server/strategies',
    'server/schema',
    'server/engine',
  ],
  'server/alpaca': ['server/sessions', 'server/strategies', 'server/schema', 'server/engine'],
  'server/trpc': ['server/sessions', 'server/strategies', 'server/schema', 'server/engine'],
  'server/stores': ['server/sessions', 'server/strategies', 'server/schema', 'server/engine'],
  'server/feeds': ['server/sessions', 'server/strategies', 'server/schema', 'server/engine'],
  'server/sessions': ['server/schema', 'server/engine'],
  'server/strategies': ['server/schema', 'server/engine'],
  'server/schema': ['server/engine'],
  'server/engine': [],
};

/** Inside the engine a folder may import only folders with a smaller number; files of its root stand below all. */
const ENGINE_LEVELS: Record<string, number> = {
  '': 0,
  units: 1,
  calendar: 2,
  market: 3,
  orders: 4,
  account: 5,
  matching: 5,
  simulation: 6,
  backtest: 7,
};

const BANNED_IN_ENGINE = [
  'Date',
  'Math.random',
  'process',
  'console',
  'performance',
  'crypto',
  'setTimeout',
  'setInterval',
  'fetch',
  'async',
  'await',
];
const DRAWERS = /(^|[/-])(types|utils?|helpers?|managers?|misc|common)\.tsx?$/;
const LINES_LOOK_AGAIN = 250;
const LINES_MAX = 400;

const within = (path: string, part: string): boolean => path === part || path.startsWith(`${part}/`);

function partOf(path: string): string | undefined {
  return Object.keys(MAY_IMPORT).find((part) => within(path, part));
}

function importFaults(source: SourceFile): string[] {
  const part = partOf(source.path);
  if (part === undefined) {
    return [
      `${source.path}: expected a file inside ${Object.keys(MAY_IMPORT).join(', ')}; move it where it belongs`,
    ];
  }
  const allowed = MAY_IMPORT[part] ?? [];
  return source.imports
    .filter((target) => target.own && !within(target.target, part) && !/\.css$/.test(target.target))
    .filter(({ target, typeOnly }) => {
      const mayTypes = typeOnly && allowed.includes(`types of ${target}`);
      return !mayTypes && !allowed.some((other) => within(target, other));
    })
    .map(
      ({ target }) =>
        `${source.path} imports ${target}: ${part} may import only ${allowed.join(', ') || 'itself'}; ` +
        'move the code down, or take what you need as an argument from server/runtime',
    );
}

function engineFaults(source: SourceFile): string[] {
  const folder = engineFolder(source.path);
  const level = ENGINE_LEVELS[folder];
  if (level === undefined) return [`${source.path}: give engine/${folder} a level in server/tidy.test.ts`];
  const upward = source.imports
    .filter(({ target, own }) => own && within(target, 'server/engine'))
    .filter(
      ({ target }) =>
        engineFolder(target) !== folder && (ENGINE_LEVELS[engineFolder(target)] ?? Infinity) >= level,
    )
    .map(
      ({ target }) =>
        `${source.path} imports ${target}, which stands above or beside it; move what both need down`,
    );
  const foreign = source.imports
    .filter(({ own }) => !own)
    .map(({ target }) => `${source.path} imports ${target}: the engine needs no package; hand the result in`);
  const banned = source.words
    .filter(({ word }) => BANNED_IN_ENGINE.includes(word))
    .map(
      ({ word, line }) => `${source.path}:${line} uses ${word}: time, ids, randomness and I/O are arguments`,
    );
  return [...upward, ...foreign, ...banned];
}

function engineFolder(path: string): string {
  const [, , folder = '', file] = path.split('/');
  return file === undefined ? '' : folder;
}

describe('tidy', () => {
  test('imports run one way', () => {
    expect(product.flatMap(importFaults)).toEqual([]);
  });

  test('the engine is pure, and its folders build on each other', () => {
    expect(product.filter(({ path }) => within(path, 'server/engine')).flatMap(engineFaults)).toEqual([]);
  });

  test('no file only passes on what others export: import from where a thing lives', () => {
    expect(product.filter(({ isBarrel }) => isBarrel).map(({ path }) => path)).toEqual([]);
  });

  test('no drawers: a type or function lives with the thing it is about', () => {
    expect(product.filter(({ path }) => DRAWERS.test(path)).map(({ path }) => path)).toEqual([]);
  });

  test('no `any` and no `!`: narrow the value, or parse it where it comes in', () => {
    const faults = product.flatMap(({ path, words }) =>
      words
        .filter(({ word }) => word === 'any' || word === '!')
        .map(({ word, line }) => `${path}:${line} ${word}`),
    );
    expect(faults).toEqual([]);
  });

  test('the first line of each file says what it is, in a comment', () => {
    const says = /^(#!.*\n|'use (client|server)';\n+)?(\/\*\*|\/\/)\s*\S/;
    const faults = sources.filter(({ text }) => !says.test(text));
    expect(faults.map(({ path }) => path)).toEqual([]);
  });

  test('no test is narrowed, and none is switched off without a comment above it that says why', () => {
    const faults = readSources(['server', 'components', 'app', 'e2e'])
      .filter(({ isTest, path }) => isTest || path.startsWith('e2e/'))
      .flatMap(({ path, text }) => {
        const lines = text.split('\n');
        return lines.flatMap((line, index) => {
          if (/\b(test|it|describe)\.only\(/.test(line)) return [`${path}:${index + 1} remove .only`];
          const off = /\b(test|it|describe)\.(skip|todo|fixme)\(['"`]/.test(line);
          const reasoned = /^\s*(\/\/|\*\/|\/\*\*)/.test(lines[index - 1] ?? '');
          return off && !reasoned ? [`${path}:${index + 1} say why above it, or switch it on`] : [];
        });
      });
    expect(faults).toEqual([]);
  });

  test(`no file is longer than ${LINES_MAX} lines; above ${LINES_LOOK_AGAIN} look again`, () => {
    const long = sources
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > LINES_LOOK_AGAIN);
    for (const { path, lines } of long) console.info(`look again: ${path} has ${lines} lines`);
    const faults = long.filter(({ lines }) => lines > LINES_MAX);
    expect(faults.map(({ path, lines }) => `${path} (${lines} lines): split it by subject`)).toEqual([]);
  });
});

describe('the rules themselves', () => {
  test('catch what they are for', () => {
    const engine = parseSource(
      'server/engine/orders/x.ts',
      `import { a } from '../simulation/y';\nimport fs from 'node:fs';\nexport const f = async () => Date.now();`,
    );
    expect(engineFaults(engine)).toHaveLength(4);
    const gate = parseSource('server/alpaca/x.ts', `import { b } from '../stores/y';`);
    expect(importFaults(gate)).toHaveLength(1);
    const component = `import type { AppRouter } from '@/server/trpc/router';`;
    expect(importFaults(parseSource('components/x.tsx', component))).toEqual([]);
    expect(importFaults(parseSource('components/x.tsx', component.replace('type ', '')))).toHaveLength(1);
  });

  test('leave comments, strings and names of members alone', () => {
    const source = parseSource(
      'server/engine/units/x.ts',
      `// Date, await\nexport const a = { process: 'Date' };\nexport const b = a.process;`,
    );
    expect(engineFaults(source)).toEqual([]);
  });
});
