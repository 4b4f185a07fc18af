/** `config.fill`, `config.slippage` and `config.volume`: how orders of a session meet its bars. */
import * as z from 'zod';
import type { LimitRule, SlippageConfiguration, VolumeConfiguration } from '../engine/orders/policies';
import { parseDecimal, ratio } from '../engine/units/decimal';
import type { Ratio } from '../engine/units/fixed-point';
import { decimalOf } from './decimal';
import { closed, optional } from './field';

const TICKS_MAX = 1_000;
const BASIS_POINTS_MAX = ratio('10000');
const COEFFICIENT_MAX = ratio('1000');
const ONE = ratio('1');

/** One of the words that are there now. */
export function supported<const Word extends string>(words: readonly Word[]) {
  return optional(z.enum(words, `expected ${words.join(' or ')}: nothing else is supported`));
}

function portion(maximum: Ratio, message: string) {
  return optional(decimalOf<Ratio>().refine((value) => value >= 0n && value <= maximum, message));
}
const fraction = portion(ONE, 'expected a part from 0 to 1');
const coefficient = portion(COEFFICIENT_MAX, 'expected a number from 0 to 1000');
export const basisPoints = portion(BASIS_POINTS_MAX, 'expected basis points from 0 to 10000');
const ticks = optional(z.int('expected whole ticks').min(0).max(TICKS_MAX));

const LIMIT = 'expected touch, through, ticks:n or probability:p';

function limitRuleOf(text: string): LimitRule | null {
  if (text === 'touch' || text === 'through') return { rule: text };
  const [, rule, number = ''] = /^(ticks|probability):([0-9.]{1,12})$/.exec(text) ?? [];
  if (rule === 'ticks') {
    const value = /^\d+$/.test(number) ? Number(number) : TICKS_MAX + 1;
    return value <= TICKS_MAX ? { rule, ticks: value } : null;
  }
  const probability = rule === undefined ? null : (parseDecimal(number) as Ratio | null);
  return probability === null || probability > ONE ? null : { rule: 'probability', probability };
}

const limitRule = z.string(LIMIT).transform((text, context): LimitRule => {
  const rule = limitRuleOf(text);
  if (rule !== null) return rule;
  context.addIssue({ code: 'custom', message: LIMIT });
  return z.NEVER;
});

export const fillFields = closed({
  arrival: supported(['open', 'deferred']),
  intrabar: supported(['pessimistic', 'optimistic', 'nearest', 'ohlc', 'olhc', 'seeded', 'worst_case']),
  limit: optional(limitRule),
  trail: supported(['path', 'bar_close']),
  collar: supported(['alpaca', 'none']),
  legs: supported(['parent_filled', 'filled_part']),
});

const slippageFields = closed({
  model: supported([
    'range_fraction', 'none', 'basis_points', 'ticks', 'half_spread', 'volume_share', 'square_root_impact',
  ]), // prettier-ignore
  fraction,
  basis_points: basisPoints,
  ticks,
  impact: coefficient,
  share_max: fraction,
  coefficient,
});
type SlippageFields = z.output<typeof slippageFields>;
type Model = SlippageConfiguration['model'];

const NUMBERS = ['fraction', 'basis_points', 'ticks', 'impact', 'share_max', 'coefficient'] as const;
const NUMBERS_OF: Readonly<Record<Model, readonly (typeof NUMBERS)[number][]>> = {
  none: [],
  range_fraction: ['fraction'],
  basis_points: ['basis_points'],
  ticks: ['ticks'],
  half_spread: ['basis_points'],
  volume_share: ['impact', 'share_max'],
  square_root_impact: ['coefficient'],
};
const NOTHING = 0n as Ratio;

function slippageOf(model: Model, fields: SlippageFields): SlippageConfiguration {
  const points = fields.basis_points ?? NOTHING;
  switch (model) {
    case 'none':
      return { model };
    case 'range_fraction':
      return { model, fraction: fields.fraction ?? NOTHING };
    case 'basis_points':
    case 'half_spread':
      return { model, basisPoints: points };
    case 'ticks':
      return { model, ticks: fields.ticks ?? 0 };
    case 'volume_share':
      return { model, impact: fields.impact ?? NOTHING, shareMax: fields.share_max ?? ONE };
    case 'square_root_impact':
      return { model, coefficient: fields.coefficient ?? NOTHING };
  }
}

/** All numbers of the chosen model, and none of another's. No model: `range_fraction`. */
export const slippage = slippageFields.transform((fields, context): SlippageConfiguration => {
  const model = fields.model ?? 'range_fraction';
  for (const name of NUMBERS) {
    const isOwn = NUMBERS_OF[model].includes(name);
    if (isOwn === (fields[name] !== null)) continue;
    const message = isOwn ? `the model ${model} needs this number` : `does not belong to the model ${model}`;
    context.addIssue({ code: 'custom', path: [name], message });
  }
  return slippageOf(model, fields);
});

const volumeFields = closed({
  model: supported(['participation', 'unlimited']),
  rate: fraction,
  scope: supported(['account', 'session']),
});

/** What is not said stays as the profile has it. */
export type VolumeChange =
  | { readonly model: 'unlimited' }
  | {
      readonly model: 'participation';
      readonly rate: Ratio | null;
      readonly scope: 'account' | 'session' | null;
    };

export const volume = volumeFields.transform(({ model, rate, scope }, context): VolumeChange => {
  if (model !== 'unlimited') return { model: 'participation', rate, scope };
  if (rate !== null || scope !== null) {
    const path = [rate === null ? 'scope' : 'rate'];
    context.addIssue({ code: 'custom', path, message: 'does not belong to the model unlimited' });
  }
  return { model };
});

const RATE = ratio('0.1');

export function changedVolume(base: VolumeConfiguration, change: VolumeChange | null): VolumeConfiguration {
  if (change === null) return base;
  if (change.model === 'unlimited') return { model: 'unlimited' };
  const known = base.model === 'participation' ? base : { rate: RATE, scope: 'account' as const };
  return { model: 'participation', rate: change.rate ?? known.rate, scope: change.scope ?? known.scope };
}
