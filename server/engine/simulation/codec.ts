/** Commands, events and state as plain JSON: exact numbers become decimal strings by the name of their field. */
import { formatDecimal, parseDecimal } from '../units/decimal';

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Every field that holds billionths, wherever it stands. A bigint under another name is a bug and throws. */
const EXACT_FIELDS = new Set([
  'amount',
  'available',
  'basePrice',
  'basisPoints',
  'borrowRate',
  'bound',
  'capPrice',
  'coefficient',
  'cash',
  'cost',
  'costBasis',
  'cumQuantity',
  'deficiency',
  'equity',
  'existing',
  'filled',
  'filledNotional',
  'filledQuantity',
  'fraction',
  'halfSpreadBasisPoints',
  'held',
  'highWaterMark',
  'heldQuantity',
  'impact',
  'increment',
  'initialCash',
  'leavesQuantity',
  'limitPrice',
  'maintenanceMargin',
  'maintenanceRate',
  'marginRate',
  'marketPrice',
  'minimum',
  'newShares',
  'notional',
  'oldShares',
  'perShareAmount',
  'portion',
  'positionQuantity',
  'price',
  'probability',
  'quantity',
  'rate',
  'realizedProfit',
  'requested',
  'required',
  'reserved',
  'reservedQuantity',
  'shareMax',
  'stopPrice',
  'trailOffset',
  'trailPercent',
  'trailPrice',
]);

/** The amount of a position to close may be this word. */
const ALL = 'all';

/** Plain JSON of anything made of records, arrays, strings, numbers, booleans, null and exact fields. */
export function toJson(value: unknown): JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return finite(value);
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object') throw new Error(`expected a JSON value, found ${typeof value}`);
  const record: Record<string, JsonValue> = {};
  for (const [key, field] of Object.entries(value)) {
    if (field === undefined) continue;
    record[key] = typeof field === 'bigint' ? exactToJson(key, field) : toJson(field);
  }
  return record;
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new Error(`expected a finite number, found ${value}`);
  return value;
}

function exactToJson(key: string, value: bigint): string {
  if (!EXACT_FIELDS.has(key)) throw new Error(`expected an exact field, found a bigint in "${key}"`);
  return formatDecimal(value);
}

/** The inverse of `toJson`. Throws when an exact field holds no decimal. */
export function fromJson<T>(json: unknown): T {
  return revive(json) as T;
}

function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (value === null || typeof value !== 'object') return value;
  const record: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    record[key] =
      EXACT_FIELDS.has(key) && typeof field === 'string' && field !== ALL
        ? exactFromJson(key, field)
        : revive(field);
  }
  return record;
}

function exactFromJson(key: string, text: string): bigint {
  const value = parseDecimal(text);
  if (value === null) throw new Error(`expected a decimal in "${key}", found "${text}"`);
  return value;
}

/**
 * The text of `toJson(value)` with the keys of every record in order: equal values give equal text, whoever
 * built them. Made in one pass, as every logged event goes through here.
 */
export function canonicalText(value: unknown): string {
  if (typeof value === 'number') return String(finite(value));
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  const record = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const key of Object.keys(record).sort()) {
    const field = record[key];
    if (field === undefined) continue;
    text += text === '' ? '{' : ',';
    text += `"${key}":`;
    text += typeof field === 'bigint' ? `"${exactToJson(key, field)}"` : canonicalText(field);
  }
  return text === '' ? '{}' : `${text}}`;
}
