/** Serves the gate's table from Next's route handlers, where pages run without our own server. */
import { fetchResponse, wireRequestOfFetch } from '../alpaca/fetch-request';
import { getRuntime } from './runtime';

export async function answerRoute(request: Request): Promise<Response> {
  const runtime = await getRuntime();
  return fetchResponse(await runtime.answer(wireRequestOfFetch(request)));
}
