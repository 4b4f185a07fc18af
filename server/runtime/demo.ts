/** The demo: invented symbols, and a session that stands in the middle of a day with something in every table. */
import { tradingDaysBetween } from '../engine/calendar/trading-day';
import { marketDayOrder } from '../engine/orders/market-order';
import type { OrderTerms } from '../engine/orders/order';
import type { AdvanceTarget, Command } from '../engine/simulation/command';
import { money, quantity } from '../engine/units/decimal';
import { multiplyDivide, type Price } from '../engine/units/fixed-point';
import { STANDARD } from '../schema/profiles';
import { DEMO_FROM, DEMO_TO } from '../feeds/demo/generate-bars';
import { DEMO_SYMBOLS, makeDemoData } from '../feeds/demo/make-demo-data';
import type { BarIntake } from '../sessions/bar-intake';
import type { BarLibrary } from '../sessions/bar-library';
import type { SessionHost } from '../sessions/session-host';
import type { SessionRegistry } from '../sessions/session-registry';
import { readSetting, writeSetting } from '../stores/catalogue/settings';
import type { Catalogue } from '../stores/catalogue/catalogue';

const PADDOCK = { actor: 'paddock' };
const NAME = 'Demo';
const SEED = 'paddock demo';
/** The days of data before the demo's first one are its warm-up. */
const DAYS_BEFORE = 10;
const CENT = 10_000_000n;

export interface DemoParts {
  readonly catalogue: Catalogue;
  readonly bars: BarLibrary & BarIntake;
  readonly registry: SessionRegistry;
  /** Tells the operator what takes its time. */
  report(line: string): void;
}

/** Answers with the demo session's id, making the session when there is none. Several who ask at once share one. */
export function demoSession(parts: DemoParts): () => Promise<string> {
  let asking: Promise<string> | null = null;
  return () => {
    asking ??= find(parts).finally(() => (asking = null));
    return asking;
  };
}

async function find(parts: DemoParts): Promise<string> {
  const { catalogue, registry } = parts;
  const known = await readSetting(catalogue, 'demo_session_id');
  if (known !== null && (await registry.open(known)) !== null) return known;
  const host = await make(parts);
  await writeSetting(catalogue, 'demo_session_id', host.record.id);
  return host.record.id;
}

async function make({ bars, registry, report }: DemoParts): Promise<SessionHost> {
  await makeDemoData({
    library: bars,
    onProgress: (symbol, done, total) => report(`Making demo data: ${symbol} (${done} of ${total})`),
  });
  const days = tradingDaysBetween(DEMO_FROM, DEMO_TO);
  const opening = days[DAYS_BEFORE];
  const closing = days.at(-1);
  if (opening === undefined || closing === undefined)
    throw new Error('expected trading days in the demo data');
  const created = await registry.create({
    name: NAME,
    symbols: [FIRST, SECOND],
    startTime: opening.open,
    endTime: closing.close,
    baseTimeframe: '1Min',
    initialCash: money('100000'),
    profile: 'standard',
    seed: SEED,
    policies: STANDARD,
  });
  if (!created.ok) throw new Error(`the demo session could not be made: ${created.refusal.code}`);
  await trade(created.host, FIRST, SECOND);
  return created.host;
}

/** One that is calm and one that is not, both traded so much that small orders fill at once. */
const [, FIRST = '', SECOND = ''] = DEMO_SYMBOLS;

const market = (symbol: string, side: OrderTerms['side'], qty: string): Command => ({
  type: 'PlaceOrder',
  account: 0,
  terms: marketDayOrder(symbol, side, quantity(qty)),
});

/** A limit buy three percent under the market: far enough to stay open, near enough to be seen on the chart. */
function restingBuy(host: SessionHost, symbol: string): Command {
  const last = host.read((simulation) => simulation.quote(symbol)?.last);
  if (last === undefined) throw new Error(`expected a price of ${symbol} by midday`);
  const limitPrice = (multiplyDivide(last, 97n, 100n * CENT, 'down') * CENT) as Price;
  const order = market(symbol, 'buy', '20');
  if (order.type !== 'PlaceOrder') return order;
  return { ...order, terms: { ...order.terms, type: 'limit', timeInForce: 'gtc', limitPrice } };
}

async function trade(host: SessionHost, first: string, second: string): Promise<void> {
  const ahead = (bars: number): Command => {
    const target: AdvanceTarget = { to: 'bars', bars };
    return { type: 'AdvanceClock', target };
  };
  await execute(host, ahead(30));
  await execute(host, market(first, 'buy', '60'));
  await execute(host, ahead(50));
  await execute(host, market(second, 'buy', '40'));
  await execute(host, ahead(45));
  await execute(host, market(first, 'sell', '25'));
  await execute(host, ahead(25));
  await execute(host, restingBuy(host, second));
  await execute(host, ahead(15));
}

async function execute(host: SessionHost, command: Command): Promise<void> {
  const result = await host.execute(command, PADDOCK);
  if (!result.ok) throw new Error(`the demo's ${command.type} was refused: ${result.rejection.code}`);
}
