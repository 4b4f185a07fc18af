/** `GET /v2/clock`: simulated now, and when the market opens and closes next. */
import { ok } from '../answer';
import { endpoint } from '../endpoint';
import { clockToWire } from '../wire/clock';

export const getClock = endpoint({
  method: 'GET',
  path: '/v2/clock',
  authorisation: 'own_session',
  run: ({ host }) => ok(clockToWire(host.read((simulation) => simulation.now))),
});
