/** What a new session is made of: the body of `POST /v1/sessions`. */
import * as z from 'zod';
import { tradingDay } from '../engine/calendar/trading-day';
import { newYorkTime } from '../engine/calendar/new-york';
import { addDays } from '../engine/calendar/civil';
import { BASE_TIMEFRAMES } from '../engine/market/timeframe';
import type { SimulationConfiguration } from '../engine/simulation/configuration';
import { money } from '../engine/units/decimal';
import type { Money } from '../engine/units/fixed-point';
import type { EpochMs } from '../engine/units/time';
import { decimalOf } from './decimal';
import { closed, optional, refuse, snakeCased } from './field';
import { CALENDAR_FROM, CALENDAR_TO, dateOrInstant, type DateOrInstant } from './instant';
import { PROFILES, profilePolicies } from './profiles';
import { changedPolicies, sessionConfig } from './session-config';

const NAME_MAX = 200;
const SEED_MAX = 200;
const SYMBOLS_MAX = 500;
const CASH_MAX = money('1000000000000');

const SYMBOL = /^[A-Z0-9][A-Z0-9./-]{0,23}$/;
const symbol = z
  .string('expected a symbol')
  .transform((text) => text.trim().toUpperCase())
  .refine((text) => SYMBOL.test(text), 'expected a symbol like AAPL');

const EXPECTED_NAME = `expected a name of 1 to ${NAME_MAX} characters`;
const sessionName = z.string(EXPECTED_NAME).trim().min(1, EXPECTED_NAME).max(NAME_MAX, EXPECTED_NAME);

const sessionFields = closed({
  name: optional(sessionName),
  symbols: z
    .array(symbol, 'expected a list of symbols')
    .min(1, 'expected at least one symbol')
    .max(SYMBOLS_MAX, `expected at most ${SYMBOLS_MAX} symbols`)
    .transform((symbols) => [...new Set(symbols)].sort()),
  start_time: dateOrInstant,
  end_time: dateOrInstant,
  initial_cash: optional(decimalOf<Money>()),
  base_timeframe: optional(z.enum(BASE_TIMEFRAMES, `expected one of ${BASE_TIMEFRAMES.join(', ')}`)),
  profile: optional(z.enum(PROFILES, `expected one of ${PROFILES.join(', ')}`)),
  config: optional(sessionConfig),
  seed: optional(z.string('expected a string').max(SEED_MAX)),
});

type Hours = SimulationConfiguration['hours'];

/** A bare date starts with the day's trading, and on a day without trading at midnight. */
function startOf(value: DateOrInstant, hours: Hours): EpochMs {
  if (!('date' in value)) return value.atOrAfter;
  const day = tradingDay(value.date);
  if (day === undefined) return newYorkTime(value.date, 0);
  return hours === 'extended' ? day.extendedOpen : day.open;
}

/** A bare date ends with the day's trading, and on a day without trading at the midnight after it. */
function endOf(value: DateOrInstant, hours: Hours): EpochMs {
  if (!('date' in value)) return value.atOrBefore;
  const day = tradingDay(value.date);
  if (day === undefined) return newYorkTime(addDays(value.date, 1), 0);
  return hours === 'extended' ? day.extendedClose : day.close;
}

function newSession(fields: z.output<typeof sessionFields>, context: z.RefinementCtx) {
  const profile = fields.profile ?? 'standard';
  const base = profilePolicies(profile, fields.config?.latency_ms ?? null);
  if (typeof base === 'string') {
    refuse(context, 'profile', base);
    return z.NEVER;
  }
  const policies = changedPolicies(base, fields.config);
  const startTime = startOf(fields.start_time, policies.hours);
  const endTime = endOf(fields.end_time, policies.hours);
  const initialCash = fields.initial_cash ?? money('100000');
  if (startTime < CALENDAR_FROM || endTime >= CALENDAR_TO) {
    refuse(context, 'start_time', 'expected start_time and end_time in the years 2000 to 2027');
  }
  if (endTime <= startTime) refuse(context, 'end_time', 'expected end_time after start_time');
  if (initialCash <= 0n || initialCash > CASH_MAX) {
    refuse(context, 'initial_cash', 'initial_cash: expected an amount above 0 and at most a trillion');
  }
  return {
    name: fields.name,
    symbols: fields.symbols,
    startTime,
    endTime,
    baseTimeframe: fields.base_timeframe ?? '1Min',
    initialCash,
    profile,
    seed: fields.seed,
    policies,
  };
}

/** `POST /v1/sessions`. */
export const sessionRequest = z.preprocess(snakeCased, sessionFields.transform(newSession));

const renameFields = closed({ name: sessionName });

/** `PATCH /v1/sessions/{id}`. */
export const sessionChangeRequest = z.preprocess(snakeCased, renameFields);
