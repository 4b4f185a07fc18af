/** Account activities: fills and what money came or went without a trade, in order of their time, in pages. */
import * as z from 'zod';
import { newYorkDate } from '../../engine/calendar/new-york';
import type { Fill } from '../../engine/orders/order';
import type { CashPosting } from '../../engine/simulation/event';
import type { SimulationView } from '../../engine/simulation/view';
import { date, dateOrInstant, firstInstant, lastInstant } from '../../schema/instant';
import { choice, given, list, wholeNumber } from '../../schema/query';
import { ok, type Answer } from '../answer';
import { endpoint } from '../endpoint';
import { ACCOUNT } from '../session-account';
import { fillActivityId, fillToWire, postingActivityId, postingToWire } from '../wire/activity';
import { invalid } from '../wire/error';

const PAGE_MAX = 100;

/** All that Alpaca names (contract README, section 3.8). */
const TYPES = new Set(
  (
    'FILL TRANS MISC ACATC ACATS CFEE CSD CSW DIV DIVCGL DIVCGS DIVFEE DIVFT DIVNRA DIVROC DIVTW DIVTXEX FEE INT ' +
    'INTNRA INTTW JNL JNLC JNLS MA NC OPASN OPCA OPCSH OPEXC OPEXP OPTRD PTC PTR REORG SPIN SPLIT FOPT MEM OCT ' +
    'SSO SSP VOF WH'
  ).split(' '),
);
/** TRANS stands for these; MISC for all that is neither a fill nor one of them. */
const TRANSFERS: readonly string[] = ['CSD', 'CSW'];

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

type Activity = { readonly fill: Fill } | { readonly posting: CashPosting };

const timeOf = (activity: Activity): number => ('fill' in activity ? activity.fill : activity.posting).at;
const dateOf = (activity: Activity): string =>
  'fill' in activity ? newYorkDate(activity.fill.at) : activity.posting.date;
const idOf = (simulation: SimulationView, activity: Activity): string =>
  'fill' in activity
    ? fillActivityId(simulation, activity.fill)
    : postingActivityId(simulation, activity.posting);

/** All of an account, oldest first; at one instant what the calendar posts comes before trades. */
function activitiesOf(simulation: SimulationView): readonly Activity[] {
  const fills = simulation.fills(ACCOUNT);
  const postings = simulation.activities(ACCOUNT);
  const merged: Activity[] = [];
  let next = 0;
  for (const posting of postings) {
    for (let fill = fills[next]; fill !== undefined && fill.at < posting.at; fill = fills[++next])
      merged.push({ fill });
    merged.push({ posting });
  }
  for (const fill of fills.slice(next)) merged.push({ fill });
  return merged;
}

/** Null: all types. */
type Types = readonly string[] | null;

function isOfType(types: Types, activity: Activity): boolean {
  if (types === null) return true;
  if ('fill' in activity) return types.includes('FILL');
  const { activityType } = activity.posting;
  const family = TRANSFERS.includes(activityType) ? 'TRANS' : 'MISC';
  return types.includes(activityType) || types.includes(family);
}

function isWanted(simulation: SimulationView, query: PageQuery, activity: Activity): boolean {
  const { after, until, date: day, order_id: orderId } = query;
  const at = timeOf(activity);
  if (after && at <= ('date' in after ? firstInstant(after) : lastInstant(after))) return false;
  if (until && at >= firstInstant(until)) return false;
  if (day && dateOf(activity) !== day) return false;
  if (!orderId) return true;
  return 'fill' in activity && simulation.orderId(activity.fill.order) === orderId.toLowerCase();
}

/** A page goes on behind the row that its token names. */
function page(simulation: SimulationView, query: PageQuery, types: Types): Answer {
  const activities = activitiesOf(simulation);
  const ordered = query.direction === 'asc' ? activities : activities.toReversed();
  const token = query.page_token ?? null;
  const last = token === null ? -1 : ordered.findIndex((activity) => idOf(simulation, activity) === token);
  if (token !== null && last === -1) return invalid('page_token is not the id of an activity');
  const found: Activity[] = [];
  for (let index = last + 1; index < ordered.length && found.length < query.page_size; index++) {
    const activity = ordered[index];
    if (activity === undefined || !isOfType(types, activity)) continue;
    if (isWanted(simulation, query, activity)) found.push(activity);
  }
  return ok(
    found.map((activity) =>
      'fill' in activity
        ? fillToWire(simulation, activity.fill)
        : postingToWire(simulation, activity.posting),
    ),
  );
}

function typesOf(category: string): Types {
  if (category === '') return null;
  return category === 'trade_activity' ? ['FILL'] : ['TRANS', 'MISC'];
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
    return host.read((simulation) => page(simulation, query, types ?? typesOf(category)));
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
    return host.read((simulation) => page(simulation, query, [type]));
  },
});
