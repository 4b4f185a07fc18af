/** Everything that our own browser may ask, one router a subject. */
import { accountRouter } from './account-router';
import { barsRouter } from './bars-router';
import { clockRouter } from './clock-router';
import { feedRouter } from './feed-router';
import { fillsRouter } from './fills-router';
import { ordersRouter } from './orders-router';
import { positionsRouter } from './positions-router';
import { createCallerFactory, router } from './procedure';
import { sessionRouter } from './session-router';

export const appRouter = router({
  session: sessionRouter,
  clock: clockRouter,
  orders: ordersRouter,
  positions: positionsRouter,
  account: accountRouter,
  fills: fillsRouter,
  bars: barsRouter,
  feed: feedRouter,
});
export type AppRouter = typeof appRouter;

/** For pages that are made on the server. */
export const createCaller = createCallerFactory(appRouter);
