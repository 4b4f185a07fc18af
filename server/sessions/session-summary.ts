/** A session in a few numbers, as lists and headers show it. Engine types: how they are written is the gates' matter. */
import type { Money } from '../engine/units/fixed-point';
import type { EpochMs } from '../engine/units/time';
import type { SessionHost } from './session-host';

export interface SessionSummary {
  readonly id: string;
  readonly name: string;
  readonly status: 'active' | 'completed';
  readonly simulationStart: EpochMs;
  readonly simulationEnd: EpochMs;
  readonly currentTime: EpochMs;
  readonly symbols: readonly string[];
  readonly baseTimeframe: '1Min' | '1Day';
  readonly initialCash: Money;
  readonly equity: Money;
  readonly totalRealizedProfit: Money;
  readonly totalUnrealizedProfit: Money;
  readonly sequence: number;
  readonly runHash: string;
  readonly profile: string;
  readonly synthetic: boolean;
  /** Wall times, ISO 8601. */
  readonly createdAt: string;
  readonly completedAt: string | null;
}

export function summary(host: SessionHost): SessionSummary {
  const { id, name, configuration, profile, synthetic, createdAt } = host.record;
  const { startTime, endTime, instruments, baseTimeframe, initialCash } = configuration;
  return host.read((simulation) => {
    const account = simulation.account(0);
    if (account === undefined) throw new Error(`expected session ${id} to have an account`);
    return {
      id,
      name,
      status: simulation.isCompleted ? 'completed' : 'active',
      simulationStart: startTime,
      simulationEnd: endTime,
      currentTime: simulation.now,
      symbols: instruments.map((instrument) => instrument.symbol),
      baseTimeframe,
      initialCash,
      equity: account.equity,
      totalRealizedProfit: account.realizedProfit,
      totalUnrealizedProfit: account.unrealizedProfit,
      sequence: host.sequence,
      runHash: simulation.runHash(),
      profile,
      synthetic,
      createdAt,
      completedAt: host.completedAt,
    };
  });
}
