/** What the stock endpoints of the market data API read from their queries. */
import * as z from 'zod';
import { parseTimeframe, type Timeframe } from '../../engine/market/timeframe';
import { dateOrInstant } from '../../schema/instant';
import { choice, given, list, wholeNumber } from '../../schema/query';

const SYMBOL = /^[A-Z0-9][A-Z0-9./-]{0,23}$/;
const LIMIT_DEFAULT = 1_000;
const LIMIT_MAX = 10_000;

export function isSymbol(text: string): boolean {
  return SYMBOL.test(text);
}

const faultless = (message: string) => ({ code: 'custom' as const, message, params: { verbatim: true } });

/** `symbols`, ascending and without duplicates. */
export const symbols = list.transform((found, context): readonly string[] => {
  if (found === null) {
    context.addIssue(faultless('symbols is required'));
    return z.NEVER;
  }
  const wrong = found.find((symbol) => !isSymbol(symbol));
  if (wrong === undefined) return found.sort();
  context.addIssue(faultless(`invalid symbol: ${wrong}`));
  return z.NEVER;
});

const timeframe = z.string('timeframe is required').transform((text, context): Timeframe => {
  const parsed = parseTimeframe(text.trim());
  if (parsed !== null) return parsed;
  context.addIssue(faultless(`invalid timeframe: ${text.slice(0, 40)}`));
  return z.NEVER;
});

/** Prices are served as they were traded. */
const adjustment = list.transform((found, context) => {
  if (found === null || found.every((kind) => kind === 'raw')) return 'raw' as const;
  context.addIssue(faultless(`adjustment ${found.join(',')} is not supported: only raw prices are served`));
  return z.NEVER;
});

/** All feeds are entitled and hold the same bars. */
export const feedFields = {
  feed: choice(['', 'sip', 'iex', 'otc', 'boats', 'delayed_sip', 'overnight'], ''),
  currency: choice(['USD'], 'USD'),
};

export const barsFields = {
  ...feedFields,
  timeframe,
  start: given(dateOrInstant).optional(),
  end: given(dateOrInstant).optional(),
  limit: wholeNumber(1, LIMIT_MAX, LIMIT_DEFAULT),
  adjustment,
  asof: given(z.string().regex(/^(-|\d{4}-\d{2}-\d{2})$/, 'expected a date YYYY-MM-DD or -')).optional(),
  page_token: given(z.string().max(400)).optional(),
  sort: choice(['asc', 'desc'], 'asc'),
};

export type BarsQuery = z.output<z.ZodObject<typeof barsFields>>;
