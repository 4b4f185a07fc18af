/** Connects the gate's import door to the CSV feed, with a bound on how much may come. */
import type { Answer } from '../alpaca/answer';
import type { WireRequest } from '../alpaca/request';
import { answerCsvImport } from '../feeds/csv/import-request';
import type { MarketIntake } from '../sessions/market-intake';
import { codeOf } from '../sessions/session-error';

/** A symbol's minutes of twenty years are a tenth of that, as are the trades of a busy day. */
const BYTES_MAX = 2_000_000_000;

class BodyTooLargeError extends Error {
  readonly code = 'body_too_large';
}

async function* bounded(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > BYTES_MAX) throw new BodyTooLargeError(`expected at most ${BYTES_MAX} bytes`);
    yield chunk;
  }
}

export async function importFromRequest(
  into: MarketIntake,
  request: WireRequest,
  query: Readonly<Record<string, string>>,
): Promise<Answer> {
  try {
    return await answerCsvImport({ into, query, body: bounded(request.stream()) });
  } catch (error) {
    if (codeOf(error) !== 'body_too_large' || !(error instanceof Error)) throw error;
    return { status: 413, body: { code: 41310000, message: error.message } };
  }
}
