/** Profiles: names for whole sets of policies (fills.md section 5), which `config` then changes field by field. */
import type { SimulationConfiguration } from '../engine/simulation/configuration';
import { ratio } from '../engine/units/decimal';

/** What a session decides besides its symbols, period, cash and seed. */
export type SessionPolicies = Pick<
  SimulationConfiguration,
  'hours' | 'fill' | 'slippage' | 'volume' | 'fees' | 'interest' | 'account' | 'regulation' | 'quotes'
>;

export const PROFILES = ['standard', 'strict', 'peer', 'naive'] as const;
export type Profile = (typeof PROFILES)[number];

/** Alpaca's whole rule book: what it charges, lends and refuses. */
const ALPACA_RULES = {
  fees: { model: 'alpaca' },
  account: { multiplier: '2', shortingEnabled: true },
  regulation: { rules: 'dated', washTrades: 'reject' },
} as const;

/**
 * What a session is that names no profile: a cash account without fees, so that its books are its fills and
 * nothing else. `config` switches on what Alpaca charges, lends and refuses, field by field.
 */
export const STANDARD: SessionPolicies = {
  hours: 'regular',
  fill: {
    arrival: 'open',
    intrabar: 'pessimistic',
    limit: { rule: 'touch' },
    collar: 'alpaca',
    trail: 'path',
    legs: 'parent_filled',
  },
  slippage: { model: 'range_fraction', fraction: ratio('0.1') },
  volume: { model: 'participation', rate: ratio('0.1'), scope: 'account' },
  fees: { model: 'none' },
  account: { multiplier: '1', shortingEnabled: false },
  regulation: { rules: 'dated', washTrades: 'allow' },
  quotes: { halfSpreadBasisPoints: ratio('1') },
};

const CAUTIOUS_VOLUME = { model: 'participation', rate: ratio('0.01'), scope: 'account' } as const;

const POLICIES: Readonly<Record<Exclude<Profile, 'naive'>, SessionPolicies>> = {
  standard: STANDARD,
  strict: {
    ...STANDARD,
    ...ALPACA_RULES,
    fill: { ...STANDARD.fill, limit: { rule: 'through' }, intrabar: 'worst_case' },
    slippage: { model: 'range_fraction', fraction: ratio('0.2') },
    volume: CAUTIOUS_VOLUME,
  },
  peer: {
    ...STANDARD,
    fill: { ...STANDARD.fill, collar: 'none' },
    volume: CAUTIOUS_VOLUME,
  },
};

const FILLS_AT_CLOSES =
  'profile: naive fills orders at the close of a bar, which is not supported; ' +
  'use standard with slippage none, volume unlimited, fees none and collar none';
const DELAYS_ORDERS =
  'profile: strict delays orders by one bar, which is not supported; ' +
  'send config.latency_ms 0 to have the rest of it';

/** The policies of a profile; in words where it needs what is not there. `latencyMs` null: as the profile says. */
export function profilePolicies(profile: Profile, latencyMs: number | null): SessionPolicies | string {
  if (profile === 'naive') return FILLS_AT_CLOSES;
  if (profile === 'strict' && latencyMs === null) return DELAYS_ORDERS;
  return POLICIES[profile];
}
