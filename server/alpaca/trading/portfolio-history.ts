/** `GET /v2/account/portfolio/history`: equity and profit over time, as of simulated now. */
import { historyAsked, historyQuery } from '../../schema/portfolio-history';
import { ok } from '../answer';
import { endpoint } from '../endpoint';
import { ACCOUNT } from '../session-account';
import { invalid } from '../wire/error';
import { historyToWire } from '../wire/portfolio-history';

export const getPortfolioHistory = endpoint({
  method: 'GET',
  path: '/v2/account/portfolio/history',
  authorisation: 'own_session',
  query: historyQuery,
  run: ({ host, query }) =>
    host.read((simulation) => {
      const asked = historyAsked(query, simulation.now);
      if (typeof asked === 'string') return invalid(asked);
      const history = simulation.portfolioHistory(ACCOUNT, asked);
      return ok(historyToWire(history, asked.timeframe, query.cashflow_types));
    }),
});
