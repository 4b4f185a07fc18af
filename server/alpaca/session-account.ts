/** The account that a session's keys trade with: the one it opened with. */
import type { AccountOrdinal } from '../engine/orders/order';
import type { AccountView, SimulationView } from '../engine/simulation/view';

export const ACCOUNT: AccountOrdinal = 0;

export function accountOf(simulation: SimulationView): AccountView {
  const account = simulation.account(ACCOUNT);
  if (account === undefined) throw new Error('expected an open account in every session');
  return account;
}
