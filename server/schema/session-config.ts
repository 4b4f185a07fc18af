/** The `config` of a new session: every field optional, over the profile; what does not exist is refused by name. */
import * as z from 'zod';
import type { LimitRule, SlippageConfiguration, VolumeConfiguration } from '../engine/orders/policies';
import type { SimulationConfiguration } from '../engine/simulation/configuration';
import { ratio } from '../engine/units/decimal';
import type { Ratio } from '../engine/units/fixed-point';
import { decimalOf } from './decimal';
import { closed, optional } from './field';

type Policies = Pick<SimulationConfiguration, 'hours' | 'fill' | 'slippage' | 'volume' | 'quotes'>;

/** The profile `standard` (fills.md section 5). */
const STANDARD: Policies = {
  hours: 'regular',
  fill: { arrival: 'open', intrabar: 'pessimistic', limit: { rule: 'touch' }, collar: 'alpaca' },
  slippage: { model: 'range_fraction', fraction: ratio('0.1') },
  volume: { model: 'participation', rate: ratio('0.1'), scope: 'account' },
  quotes: { halfSpreadBasisPoints: ratio('1') },
};

const TICKS_MAX = 1_000;
const BASIS_POINTS_MAX = ratio('10000');
const ONE = ratio('1');

/** One of the words that are there now. */
function supported<const Word extends string>(words: readonly Word[]) {
  return optional(z.enum(words, `expected ${words.join(' or ')}: nothing else is supported`));
}

function portion(maximum: Ratio, message: string) {
  return optional(decimalOf<Ratio>().refine((value) => value >= 0n && value <= maximum, message));
}
const fraction = portion(ONE, 'expected a part from 0 to 1');
const basisPoints = portion(BASIS_POINTS_MAX, 'expected basis points from 0 to 10000');
const ticks = optional(z.int('expected whole ticks').min(0).max(TICKS_MAX));

const LIMIT = 'expected touch, through or ticks:n: nothing else is supported';
const limitRule = z.string(LIMIT).transform((text, context): LimitRule => {
  const match = /^ticks:(\d{1,4})$/.exec(text);
  if (match !== null && Number(match[1]) <= TICKS_MAX) return { rule: 'ticks', ticks: Number(match[1]) };
  if (text === 'touch' || text === 'through') return { rule: text };
  context.addIssue({ code: 'custom', message: LIMIT });
  return z.NEVER;
});

const fill = closed({
  arrival: supported(['open', 'deferred']),
  intrabar: supported(['pessimistic', 'optimistic', 'nearest', 'ohlc', 'olhc']),
  limit: optional(limitRule),
  collar: supported(['alpaca', 'none']),
});

const slippageFields = closed({
  model: supported(['range_fraction', 'none', 'basis_points', 'ticks']),
  fraction,
  basis_points: basisPoints,
  ticks,
});
const NUMBER_OF = {
  none: null,
  range_fraction: 'fraction',
  basis_points: 'basis_points',
  ticks: 'ticks',
} as const;

/** Only the chosen model's own number may be given; `range_fraction` has the profile's when it is not. */
const slippage = slippageFields.transform((fields, context): SlippageConfiguration => {
  const model = fields.model ?? 'range_fraction';
  for (const name of ['fraction', 'basis_points', 'ticks'] as const) {
    if (fields[name] === null || name === NUMBER_OF[model]) continue;
    context.addIssue({ code: 'custom', path: [name], message: `does not belong to the model ${model}` });
  }
  if (model === 'none') return { model };
  if (model === 'range_fraction') return { model, fraction: fields.fraction ?? ratio('0.1') };
  if (model === 'basis_points' && fields.basis_points !== null)
    return { model, basisPoints: fields.basis_points };
  if (model === 'ticks' && fields.ticks !== null) return { model, ticks: fields.ticks };
  context.addIssue({ code: 'custom', path: [model], message: `the model ${model} needs this number` });
  return z.NEVER;
});

const volumeFields = closed({
  model: supported(['participation', 'unlimited']),
  rate: fraction,
  scope: supported(['account', 'session']),
});
const volume = volumeFields.transform(({ model, rate, scope }, context): VolumeConfiguration => {
  if (model !== 'unlimited')
    return { model: 'participation', rate: rate ?? ratio('0.1'), scope: scope ?? 'account' };
  if (rate !== null || scope !== null) {
    context.addIssue({
      code: 'custom',
      path: [rate === null ? 'scope' : 'rate'],
      message: 'does not belong to the model unlimited',
    });
  }
  return { model };
});

/** What a session may say though there is only one choice yet. */
const only = {
  fees: closed({ model: supported(['none']) }),
  account: closed({
    multiplier: supported(['1']),
    shorting_enabled: optional(z.literal(false, 'expected false: short selling is not supported')),
  }),
  regulation: closed({ rules: supported(['none']), wash_trades: supported(['allow']) }),
  latency_ms: optional(z.literal(0, 'expected 0: latency is not supported')),
  advance_on: supported(['none']),
};

/** `config` of `POST /v1/sessions`. */
export const sessionConfig = closed({
  fill: optional(fill),
  slippage: optional(slippage),
  volume: optional(volume),
  quotes: optional(closed({ half_spread_bps: basisPoints })),
  hours: supported(['regular', 'extended']),
  fees: optional(only.fees),
  account: optional(only.account),
  regulation: optional(only.regulation),
  latency_ms: only.latency_ms,
  advance_on: only.advance_on,
});

/** The profile with what `config` changes. */
export function policiesOf(config: z.output<typeof sessionConfig> | null): Policies {
  if (config === null) return STANDARD;
  return {
    hours: config.hours ?? STANDARD.hours,
    fill: {
      arrival: config.fill?.arrival ?? STANDARD.fill.arrival,
      intrabar: config.fill?.intrabar ?? STANDARD.fill.intrabar,
      limit: config.fill?.limit ?? STANDARD.fill.limit,
      collar: config.fill?.collar ?? STANDARD.fill.collar,
    },
    slippage: config.slippage ?? STANDARD.slippage,
    volume: config.volume ?? STANDARD.volume,
    quotes: {
      halfSpreadBasisPoints: config.quotes?.half_spread_bps ?? STANDARD.quotes.halfSpreadBasisPoints,
    },
  };
}
