/** The `config` of a new session: every field optional, over the profile; what does not exist is refused by name. */
import * as z from 'zod';
import type { FeeConfiguration } from '../engine/account/fee-model';
import type { InterestConfiguration } from '../engine/simulation/configuration';
import { money } from '../engine/units/decimal';
import { BILLION, type Money, type Ratio } from '../engine/units/fixed-point';
import { decimalOf } from './decimal';
import { closed, optional } from './field';
import { basisPoints, changedVolume, fillFields, slippage, supported, volume } from './fill-config';
import type { SessionPolicies } from './profiles';

const FEE_MAX = money('1000000');
const amount = optional(
  decimalOf<Money>().refine(
    (value) => value >= 0n && value <= FEE_MAX,
    'expected an amount from 0 to 1000000',
  ),
);

const feeFields = closed({
  model: supported(['alpaca', 'none', 'per_share', 'per_order', 'basis_points']),
  amount,
  basis_points: basisPoints,
});

/** The number of the chosen model, and none of another's. */
const fees = feeFields.transform((fields, context): FeeConfiguration => {
  const model = fields.model ?? 'alpaca';
  const own =
    model === 'basis_points' ? 'basis_points' : model === 'alpaca' || model === 'none' ? null : 'amount';
  for (const name of ['amount', 'basis_points'] as const) {
    if ((name === own) === (fields[name] !== null)) continue;
    const message =
      name === own ? `the model ${model} needs this number` : `does not belong to the model ${model}`;
    context.addIssue({ code: 'custom', path: [name], message });
  }
  if (model === 'alpaca' || model === 'none') return { model };
  if (model === 'basis_points') return { model, basisPoints: fields.basis_points ?? (0n as Ratio) };
  return { model, amount: fields.amount ?? (0n as Money) };
});

const rate = optional(
  decimalOf<Ratio>().refine((value) => value >= 0n && value <= BILLION, 'expected a yearly part from 0 to 1'),
);

/** What is not charged is 0. */
const interest = closed({ margin_rate: rate, borrow_rate: rate }).transform(
  (fields): InterestConfiguration => ({
    marginRate: fields.margin_rate ?? (0n as Ratio),
    borrowRate: fields.borrow_rate ?? (0n as Ratio),
  }),
);

/** A number is as good as its digits. */
const multiplier = z.preprocess(
  (value) => (typeof value === 'number' ? String(value) : value),
  supported(['1', '2', '4']),
);

/** `config` of `POST /v1/sessions`. */
export const sessionConfig = closed({
  fill: optional(fillFields),
  slippage: optional(slippage),
  volume: optional(volume),
  fees: optional(fees),
  interest: optional(interest),
  account: optional(closed({ multiplier, shorting_enabled: optional(z.boolean('expected true or false')) })),
  regulation: optional(
    closed({ rules: supported(['dated', 'none']), wash_trades: supported(['reject', 'allow']) }),
  ),
  quotes: optional(closed({ half_spread_bps: basisPoints })),
  hours: supported(['regular', 'extended']),
  latency_ms: optional(z.literal(0, 'expected 0: latency is not supported')),
  advance_on: supported(['none']),
});
type SessionConfig = z.output<typeof sessionConfig>;

/** The profile's policies with what `config` changes. */
export function changedPolicies(base: SessionPolicies, config: SessionConfig | null): SessionPolicies {
  if (config === null) return base;
  const { fill, account, regulation, quotes } = config;
  return {
    hours: config.hours ?? base.hours,
    fill: {
      arrival: fill?.arrival ?? base.fill.arrival,
      intrabar: fill?.intrabar ?? base.fill.intrabar,
      limit: fill?.limit ?? base.fill.limit,
      collar: fill?.collar ?? base.fill.collar,
      trail: fill?.trail ?? base.fill.trail,
      legs: fill?.legs ?? base.fill.legs,
    },
    slippage: config.slippage ?? base.slippage,
    volume: changedVolume(base.volume, config.volume),
    fees: config.fees ?? base.fees,
    // Loans cost nothing unless the session says what.
    ...(config.interest === null ? {} : { interest: config.interest }),
    account: {
      multiplier: account?.multiplier ?? base.account.multiplier,
      shortingEnabled: account?.shorting_enabled ?? base.account.shortingEnabled,
    },
    regulation: {
      rules: regulation?.rules ?? base.regulation.rules,
      washTrades: regulation?.wash_trades ?? base.regulation.washTrades,
    },
    quotes: { halfSpreadBasisPoints: quotes?.half_spread_bps ?? base.quotes.halfSpreadBasisPoints },
  };
}
