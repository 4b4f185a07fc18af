/** What all request bodies share: spelling of names, absent values, closed words, and how a fault is worded. */
import * as z from 'zod';

const CAPITAL = /[A-Z]/g;
/** No body of ours nests deeper; a hostile one may, and must not use up the stack. */
const DEPTH_MAX = 8;

/** `limitPrice` to `limit_price`. */
function snakeCase(name: string): string {
  return name.replace(CAPITAL, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * Reads camelCase names as aliases of the snake_case ones, to the depth that bodies have. Where both are sent, snake_case
 * counts. `Object.fromEntries` defines own properties, so that `__proto__` stays a name like any other.
 */
export function snakeCased(value: unknown): unknown {
  return snakeCasedTo(DEPTH_MAX, value);
}

function snakeCasedTo(depth: number, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || depth === 0) return value;
  if (Array.isArray(value)) return value.map((entry) => snakeCasedTo(depth - 1, entry));
  const fields = Object.entries(value);
  const names = new Set(fields.map(([name]) => name));
  return Object.fromEntries(
    fields
      .map(([name, field]): [string, string, unknown] => [
        name,
        snakeCase(name),
        snakeCasedTo(depth - 1, field),
      ])
      .filter(([name, snake]) => name === snake || !names.has(snake))
      .map(([, snake, field]) => [snake, field]),
  );
}

/** Absent, null and "" mean the same (SDKs send all three): null. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === undefined || value === '' ? null : value), schema.nullable());
}

/** A word of a closed list. The message is Alpaca's own sentence where there is one, sent as it stands. */
export function word<const Word extends string>(words: readonly Word[], message: string) {
  return z
    .unknown()
    .optional()
    .transform((value, context): Word => {
      const found = words.find((candidate) => candidate === value);
      if (found !== undefined) return found;
      context.addIssue({ code: 'custom', message, params: { verbatim: true } });
      return z.NEVER;
    });
}

/** An object that refuses fields it does not know, and says which ones it does. */
export function closed<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `${issue.keys.join(', ')} is not supported here; supported: ${Object.keys(shape).join(', ')}`
        : undefined,
  });
}

/** Adds a fault whose sentence is complete: the field's name is not put before it. */
export function refuse(context: z.RefinementCtx, path: string, message: string): void {
  context.addIssue({ code: 'custom', path: [path], message, params: { verbatim: true } });
}

const FOUND_MAX = 200;

/** One sentence for the first fault, with the name of the field. */
export function faultMessage(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'the request is not valid';
  const isVerbatim = issue.code === 'custom' && issue.params?.verbatim === true;
  const path = issue.path.map(String).join('.');
  const message = isVerbatim || path === '' ? issue.message : `${path}: ${issue.message}`;
  return message.length > FOUND_MAX ? `${message.slice(0, FOUND_MAX)}...` : message;
}
