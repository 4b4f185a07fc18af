/** `POST /v1/imports/csv`: bars from a CSV stream, of any length, as `npm run import` sends them. */
import { queryRecord } from '../../schema/query';
import { endpoint } from '../endpoint';

export const importCsv = endpoint({
  method: 'POST',
  path: '/v1/imports/csv',
  authorisation: 'workspace',
  run: ({ gate, request }) => {
    const mark = request.target.indexOf('?');
    return gate.importCsv(request, queryRecord(mark === -1 ? '' : request.target.slice(mark + 1)));
  },
});
