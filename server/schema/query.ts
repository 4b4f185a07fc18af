/** Parts of query strings, in all the spellings that SDKs use. */
import * as z from 'zod';

const LIST_MAX = 1_000;

/** A query string as text by name: `a[]` counts as `a`, repeated names are joined by commas. */
export function queryRecord(query: string): Record<string, string> {
  const values = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(query)) {
    const name = key.endsWith('[]') ? key.slice(0, -2) : key;
    const known = values.get(name);
    values.set(name, known === undefined ? value : `${known},${value}`);
  }
  return Object.fromEntries(values);
}

/** "" counts as absent: null. */
export function given<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === undefined || value === '' ? null : value), schema.nullable());
}

/** `A,B`, without empty parts and duplicates; null when there is nothing. */
export const list = z
  .string()
  .optional()
  .transform((text, context) => {
    const parts = (text ?? '').split(',').map((part) => part.trim());
    const unique = [...new Set(parts.filter((part) => part !== ''))];
    if (unique.length <= LIST_MAX) return unique.length === 0 ? null : unique;
    context.addIssue({
      code: 'custom',
      message: `expected at most ${LIST_MAX} entries, found ${unique.length}`,
    });
    return z.NEVER;
  });

/** `true`, `True`, `FALSE`, `1`, `0`; absent is false. */
export const flag = z
  .string()
  .optional()
  .transform((text, context) => {
    const value = (text ?? '').toLowerCase();
    if (['true', '1', 't'].includes(value)) return true;
    if (['', 'false', '0', 'f'].includes(value)) return false;
    context.addIssue({ code: 'custom', message: `expected true or false, found "${value.slice(0, 20)}"` });
    return z.NEVER;
  });

/** A whole number in a range, with what counts when it is absent. */
export function wholeNumber(minimum: number, maximum: number, fallback: number) {
  return z
    .string()
    .optional()
    .transform((text, context) => {
      if (text === undefined || text.trim() === '') return fallback;
      const value = /^\d{1,9}$/.test(text.trim()) ? Number(text) : NaN;
      if (value >= minimum && value <= maximum) return value;
      const found = text.slice(0, 20);
      context.addIssue({
        code: 'custom',
        message: `expected a whole number from ${minimum} to ${maximum}, found "${found}"`,
      });
      return z.NEVER;
    });
}

/** One of a few words, whatever their case; `fallback` when absent. */
export function choice<const Word extends string>(words: readonly Word[], fallback: Word) {
  return z
    .string()
    .optional()
    .transform((text, context): Word => {
      const value = (text ?? '').trim().toLowerCase();
      const found = value === '' ? fallback : words.find((word) => word.toLowerCase() === value);
      if (found !== undefined) return found;
      context.addIssue({
        code: 'custom',
        message: `expected one of ${words.join(', ')}, found "${value.slice(0, 40)}"`,
      });
      return z.NEVER;
    });
}
