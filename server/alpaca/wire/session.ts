/** A session as the control plane writes it: Alpaca's style, with our own fields. */
import { formatDecimal } from '../../engine/units/decimal';
import type { NewApiKey } from '../../sessions/key-store';
import type { SessionHost } from '../../sessions/session-host';
import { summary } from '../../sessions/session-summary';
import { instant } from './instant';

export function sessionToWire(host: SessionHost) {
  const session = summary(host);
  return {
    id: session.id,
    name: session.name,
    status: session.status,
    simulation_start: instant(session.simulationStart),
    simulation_end: instant(session.simulationEnd),
    current_time: instant(session.currentTime),
    playback_state: 'paused',
    playback_speed: null,
    driver: null,
    symbols: session.symbols,
    base_timeframe: session.baseTimeframe,
    initial_cash: formatDecimal(session.initialCash),
    equity: formatDecimal(session.equity),
    total_realized_pnl: formatDecimal(session.totalRealizedProfit),
    total_unrealized_pnl: formatDecimal(session.totalUnrealizedProfit),
    sequence: session.sequence,
    run_hash: session.runHash,
    profile: session.profile,
    synthetic: session.synthetic,
    created_at: session.createdAt,
    completed_at: session.completedAt,
  };
}

/** The secret is told here and never again. */
export function newSessionToWire(host: SessionHost, key: NewApiKey, origin: string) {
  return {
    ...sessionToWire(host),
    api_key: { key_id: key.keyId, secret_key: key.secretKey },
    links: {
      ui: `${origin}/s/${host.record.id}`,
      trading: origin,
      data: origin,
      // There are no streams yet.
      stream: null,
    },
  };
}
