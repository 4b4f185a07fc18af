/** What a file is said to hold, and of which symbol: as typed after the command, and as asked of the server. */
import { z } from 'zod';
import { BASE_TIMEFRAMES, type BaseTimeframe } from '../../engine/market/timeframe';
import { ASSET_CLASSES, type AssetClass } from '../../sessions/bar-library';
import { isPair, readSymbol } from './imported-symbol';

export const IMPORT_KINDS = ['bars', 'quotes', 'trades', 'corporate-actions', 'symbol-changes'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

interface OfSymbol {
  readonly symbol: string;
  readonly assetClass: AssetClass;
}

export type ImportSubject =
  | ({ readonly kind: 'bars'; readonly timeframe: BaseTimeframe } & OfSymbol)
  | ({ readonly kind: 'quotes' } & OfSymbol)
  | ({ readonly kind: 'trades' } & OfSymbol)
  | { readonly kind: 'corporate-actions' | 'symbol-changes' };

/** A list of these names its symbols row by row. */
export function isOfManySymbols(kind: ImportKind): kind is 'corporate-actions' | 'symbol-changes' {
  return kind === 'corporate-actions' || kind === 'symbol-changes';
}

const oneOf = <Name extends string>(what: string, names: readonly Name[]) =>
  z.enum(names, { error: `expected ${what} of ${names.join(', ')}` });

/** The words as they come, before it is known whether they make sense together. */
export const subjectWords = z.strictObject({
  kind: oneOf('a kind', IMPORT_KINDS).default('bars'),
  symbol: z.string().optional(),
  timeframe: oneOf('a timeframe', BASE_TIMEFRAMES).optional(),
  class: oneOf('a class', ASSET_CLASSES).optional(),
});

export const importSubject = subjectWords.transform((words, context): ImportSubject => {
  const { kind, symbol: text, timeframe, class: assetClass = 'us_equity' } = words;
  const refuse = (name: keyof typeof words, message: string): never => {
    context.addIssue({ code: 'custom', path: [name], message });
    return z.NEVER;
  };
  if (isOfManySymbols(kind)) {
    const told = (['symbol', 'timeframe', 'class'] as const).find((name) => words[name] !== undefined);
    return told === undefined ? { kind } : refuse(told, `expected none: a list of ${kind} names its symbols`);
  }
  const symbol = readSymbol(text ?? '');
  if (symbol === null) return refuse('symbol', 'expected a symbol like AAPL');
  if (assetClass === 'crypto' && !isPair(symbol)) return refuse('symbol', 'expected a pair like BTC/USD');
  if (kind === 'bars') return { kind, symbol, assetClass, timeframe: timeframe ?? '1Min' };
  return timeframe === undefined
    ? { kind, symbol, assetClass }
    : refuse('timeframe', `expected none: ${kind} have none`);
});

/** The words that say it, as `importSubject` reads them. */
export function wordsOf({ kind, ...rest }: ImportSubject): Record<string, string> {
  if (!('symbol' in rest)) return { kind };
  const { assetClass, ...words } = rest;
  return { kind, ...words, class: assetClass };
}
