/** Collects answers bar by bar and joins neighbours that say the same. */
import type { EpochMs } from '../../units/time';
import type { ExplanationCode, ExplanationSpan, NearestMiss, NoTradesCause } from './explanation';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

export class SpanList {
  readonly list: Writable<ExplanationSpan>[] = [];

  add(
    from: EpochMs,
    to: EpochMs,
    bars: number,
    code: ExplanationCode,
    nearest: NearestMiss | null,
    cause: NoTradesCause | null,
  ): void {
    const last = this.list.at(-1);
    if (last === undefined || !isSame(last.code, last.cause, code, cause)) {
      this.list.push({ from, to, bars, missing: 0, code, nearest, cause });
      return;
    }
    last.to = to;
    if (code === 'NO_TRADES' && last.code !== 'NO_TRADES') last.missing += bars;
    else last.bars += bars;
    if (code === 'EXTENDED_HOURS_NOT_ALLOWED') last.code = code;
    if (nearest !== null && (last.nearest === null || nearest.distance < last.nearest.distance))
      last.nearest = nearest;
  }
}

const BY_PRICE: readonly ExplanationCode[] = ['PRICE_NOT_REACHED', 'STOP_NOT_TRIGGERED', 'COLLAR'];
const OUT_OF_HOURS: readonly ExplanationCode[] = ['SESSION_CLOSED', 'EXTENDED_HOURS_NOT_ALLOWED'];

/** Minutes without a bar do not interrupt a price that stays away, nor single late trades a closed market. */
function isSame(
  code: ExplanationCode,
  cause: NoTradesCause | null,
  next: ExplanationCode,
  nextCause: NoTradesCause | null,
): boolean {
  if (next === 'FILLED') return false;
  if (BY_PRICE.includes(code) && next === 'NO_TRADES') return nextCause === 'no_trades';
  if (OUT_OF_HOURS.includes(code)) return OUT_OF_HOURS.includes(next);
  return code === next && cause === nextCause;
}
