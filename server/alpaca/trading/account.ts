/** `GET /v2/account`: balances and flags, as of simulated now. */
import { ok } from '../answer';
import { endpoint } from '../endpoint';
import { accountOf } from '../session-account';
import { accountToWire } from '../wire/account';

export const getAccount = endpoint({
  method: 'GET',
  path: '/v2/account',
  authorisation: 'own_session',
  run: ({ host }) => host.read((simulation) => ok(accountToWire(simulation, accountOf(simulation)))),
});
