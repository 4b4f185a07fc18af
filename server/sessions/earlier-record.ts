/** Records that earlier versions stored say less: what they leave out is filled in as it was then. */
import type { Instrument, SimulationConfiguration } from '../engine/simulation/configuration';
import type { SessionRecord } from './session-store';

/** Cash accounts, no fees, no rules of the date: what there was before a session could choose. */
const POLICIES = {
  account: { multiplier: '1', shortingEnabled: false },
  fees: { model: 'none' },
  regulation: { rules: 'none', washTrades: 'allow' },
} as const satisfies Partial<SimulationConfiguration>;

const FILL = { trail: 'path', legs: 'parent_filled' } as const;

const LENDING: Omit<Instrument, 'symbol' | 'assetClass' | 'tradable' | 'fractionable'> = {
  marginable: true,
  maintenanceRate: null,
  shortable: true,
  easyToBorrow: true,
};

/** The record as this version's would be; unchanged when it is one. */
export function completedRecord(record: SessionRecord): SessionRecord {
  const { configuration } = record;
  return {
    ...record,
    configuration: {
      ...POLICIES,
      ...configuration,
      fill: { ...FILL, ...configuration.fill },
      instruments: configuration.instruments.map((instrument) => ({ ...LENDING, ...instrument })),
    },
  };
}
