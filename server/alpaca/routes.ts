/** All endpoints that Paddock answers: Alpaca's trading and market data, and our control plane. */
import type { Endpoint } from './endpoint';
import { listBars, listBarsOfSymbol } from './market-data/bars';
import { LATEST_ENDPOINTS } from './market-data/latest';
import { explainOrder } from './sessions/explain';
import { importCsv } from './sessions/imports';
import { getState, listEvents } from './sessions/log';
import { changeSession, createSession, deleteSession, getSession, listSessions } from './sessions/sessions';
import { advanceTime } from './sessions/time';
import { getAccount } from './trading/account';
import { listActivities, listActivitiesOfType } from './trading/activities';
import { getAsset, listAssets } from './trading/assets';
import { getCalendar } from './trading/calendar';
import { getClock } from './trading/clock';
import { listOrders } from './trading/order-list';
import {
  cancelAllOrders,
  cancelOrder,
  getOrder,
  getOrderByClientOrderId,
  placeOrder,
  replaceOrder,
} from './trading/orders';
import { getPortfolioHistory } from './trading/portfolio-history';
import { closeAllPositions, closePosition, getPosition, listPositions } from './trading/positions';

export const ENDPOINTS: readonly Endpoint[] = [
  // trading
  getAccount,
  getPortfolioHistory,
  listActivities,
  listActivitiesOfType,
  getAsset,
  listAssets,
  getCalendar,
  getClock,
  listOrders,
  placeOrder,
  cancelAllOrders,
  getOrder,
  getOrderByClientOrderId,
  replaceOrder,
  cancelOrder,
  listPositions,
  closeAllPositions,
  getPosition,
  closePosition,
  // market data
  listBars,
  listBarsOfSymbol,
  ...LATEST_ENDPOINTS,
  // control plane
  createSession,
  listSessions,
  getSession,
  changeSession,
  deleteSession,
  advanceTime,
  explainOrder,
  listEvents,
  getState,
  importCsv,
];
