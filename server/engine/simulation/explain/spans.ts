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
    if (last === undefined || last.code !== code || last.cause !== cause || code === 'FILLED') {
      this.list.push({ from, to, bars, code, nearest, cause });
      return;
    }
    last.to = to;
    last.bars += bars;
    if (nearest !== null && (last.nearest === null || nearest.distance < last.nearest.distance))
      last.nearest = nearest;
  }
}
