/** Checks answers against the published schemas where they are at hand, and against golden shapes everywhere. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import type { Reply } from './gate.fixture';

const folder = process.env.PADDOCK_CONTRACT;
/** False where no folder of published schemas is named: then `conforms` has nothing to say. */
export const hasContract = folder !== undefined && existsSync(join(folder, 'trading.openapi.json'));

interface OpenApi {
  readonly components: { readonly schemas: Record<string, unknown> };
}

function loadValidator(): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  for (const format of ['decimal', 'ulid', 'uui', 'uint32', 'uint64']) ajv.addFormat(format, true);
  for (const [name, file] of [
    ['trading', 'trading.openapi.json'],
    ['data', 'market-data.openapi.json'],
  ] as const) {
    const text = readFileSync(join(folder ?? '', file), 'utf8');
    const { components } = JSON.parse(text, (_key, value: unknown) => withoutNullable(value)) as OpenApi;
    ajv.addSchema({ $id: name, components });
  }
  return ajv;
}

/** OpenAPI 3.0 says `nullable` where JSON Schema adds a type. */
function withoutNullable(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('nullable' in value) || value.nullable !== true)
    return value;
  const { nullable: _, ...schema } = value;
  return { anyOf: [schema, { type: 'null' }] };
}

const ajv = hasContract ? loadValidator() : null;

/** Dates of dated rows are told as dates, whatever the schema says (README, section 0.1, row 12). */
export function withDates(json: unknown): unknown {
  const rows = json as { readonly date: string }[];
  return rows.map((row) => ({ ...row, date: `${row.date}T00:00:00Z` }));
}

/** The answer satisfies the schema; `many` when it is a list of such things. */
export function conforms(
  reply: Reply,
  schema: string,
  many = false,
  corrected: (json: unknown) => unknown = (json) => json,
): void {
  if (ajv === null) return;
  const [document = '', name = ''] = schema.split('/');
  const reference = { $ref: `${document}#/components/schemas/${name}` };
  const validate = ajv.compile(many ? { type: 'array', items: reference } : reference);
  const isValid = validate(corrected(reply.json));
  expect(validate.errors ?? [], `${schema}: ${reply.text.slice(0, 300)}`).toEqual([]);
  expect(isValid).toBe(true);
}

/** Strings stay strings and numbers numbers: the sort of every field, not its value. */
export function shape(value: unknown): unknown {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== 'object') return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shape(field)]));
}

export const ORDER_SHAPE = {
  id: 'string', client_order_id: 'string', created_at: 'string', updated_at: 'string', submitted_at: 'string',
  filled_at: 'null', expired_at: 'null', expires_at: 'string', cancel_requested_at: 'null', canceled_at: 'null',
  failed_at: 'null', replaced_at: 'null', replaced_by: 'null', replaces: 'null', asset_id: 'string',
  symbol: 'string', asset_class: 'string', notional: 'null', qty: 'string', filled_qty: 'string',
  filled_avg_price: 'null', order_class: 'string', order_type: 'string', type: 'string', side: 'string',
  position_intent: 'string', time_in_force: 'string', limit_price: 'string', stop_price: 'null', status: 'string',
  extended_hours: 'boolean', legs: 'null', trail_percent: 'null', trail_price: 'null', hwm: 'null',
  ratio_qty: 'null', subtag: 'null', source: 'null',
}; // prettier-ignore
