/** Alpaca's trading and market data, where Next serves without our own server. */
import { answerRoute } from '@/server/runtime/route-handler';

export const dynamic = 'force-dynamic';

export {
  answerRoute as DELETE,
  answerRoute as GET,
  answerRoute as HEAD,
  answerRoute as OPTIONS,
  answerRoute as PATCH,
  answerRoute as POST,
  answerRoute as PUT,
};
