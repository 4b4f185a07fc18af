/** Account activities: fills so far, in pages. Of the other types there are none yet, which is what the lists say. */
import * as z from 'zod';
import { newYorkDate } from '../../engine/calendar/new-york';
import type { Fill } from '../../engine/orders/order';
import type { SimulationView } from '../../engine/simulation/view';
import { date, dateOrInstant, firstInstant, lastInstant } from '../../schema/instant';
import { choice, given, list, wholeNumber } from '../../schema/query';
import { ok, type Answer } from '../answer';
import { endpoint } from '../endpoint';
import { ACCOUNT } from '../session-account';
import { activityId, fillToWire } from '../wire/activity';
import { invalid } from '../wire/error';

const PAGE_MAX = 100;

/** All that Alpaca names (contract README, section 3.8); TRANS and MISC stand for several. */
const TYPES = new Set(
  (
    'FILL TRANS MISC ACATC ACATS CFEE CSD CSW DIV DIVCGL DIVCGS DIVFEE DIVFT DIVNRA DIVROC DIVTW DIVTXEX FEE INT ' +
    'INTNRA INTTW JNL JNLC JNLS MA NC OPASN OPCA OPCSH OPEXC OPEXP OPTRD PTC PTR REORG SPIN SPLIT FOPT MEM OCT ' +
    'SSO SSP VOF WH'
  ).split(' '),
);

const pageFields = {
  order_id: given(z.string()).optional(),
  date: given(date).optional(),
  after: given(dateOrInstant).optional(),
  until: given(dateOrInstant).optional(),
  direction: choice(['asc', 'desc'], 'desc'),
  page_size: wholeNumber(1, PAGE_MAX, PAGE_MAX),
  page_token: given(z.string()).optional(),
};
const pageQuery = z.object(pageFields);
const activitiesQuery = z.object({
  ...pageFields,
  activity_types: list,
  category: choice(['trade_activity', 'non_trade_activity', ''], ''),
});
type PageQuery = z.output<typeof pageQuery>;

function isWanted(simulation: SimulationView, query: PageQuery, fill: Fill): boolean {
  if (
    query.after &&
    fill.at <= ('date' in query.after ? firstInstant(query.after) : lastInstant(query.after))
  )
    return false;
  if (query.until && fill.at >= firstInstant(query.until)) return false;
  if (query.date && newYorkDate(fill.at) !== query.date) return false;
  return !query.order_id || simulation.orderId(fill.order) === query.order_id.toLowerCase();
}

/** Fills are in order of their time, and a page goes on behind the one that its token names. */
function page(simulation: SimulationView, query: PageQuery): Answer {
  const fills = simulation.fills(ACCOUNT);
  const ordered = query.direction === 'asc' ? fills : fills.toReversed();
  const token = query.page_token ?? null;
  const last = token === null ? -1 : ordered.findIndex((fill) => activityId(simulation, fill) === token);
  if (token !== null && last === -1) return invalid('page_token is not the id of an activity');
  const found: Fill[] = [];
  for (let index = last + 1; index < ordered.length && found.length < query.page_size; index++) {
    const fill = ordered[index];
    if (fill !== undefined && isWanted(simulation, query, fill)) found.push(fill);
  }
  return ok(found.map((fill) => fillToWire(simulation, fill)));
}

export const listActivities = endpoint({
  method: 'GET',
  path: '/v2/account/activities',
  authorisation: 'own_session',
  query: activitiesQuery,
  run: ({ host, query }) => {
    const { activity_types: types, category } = query;
    if (types !== null && category !== '')
      return invalid('only one of category or activity_types is accepted');
    const unknown = types?.find((type) => !TYPES.has(type));
    if (unknown !== undefined) return invalid(`invalid activity type: ${unknown}`);
    const hasFills = category !== 'non_trade_activity' && (types === null || types.includes('FILL'));
    return hasFills ? host.read((simulation) => page(simulation, query)) : ok([]);
  },
});

export const listActivitiesOfType = endpoint({
  method: 'GET',
  path: '/v2/account/activities/{activity_type}',
  authorisation: 'own_session',
  query: pageQuery,
  run: ({ host, params, query }) => {
    const type = params.activity_type ?? '';
    if (!TYPES.has(type)) return invalid(`invalid activity type: ${type}`);
    return type === 'FILL' ? host.read((simulation) => page(simulation, query)) : ok([]);
  },
});
