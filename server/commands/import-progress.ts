/** A progress bar for a person at a terminal: how far, how fast, how long yet. Silent elsewhere. */
import { SingleBar } from 'cli-progress';
import type { ImportFile } from './import-arguments';
import type { OnProgress } from './import-target';

export interface ImportProgress {
  readonly report: OnProgress;
  stop(): void;
}

export function importProgress(file: ImportFile, stream: NodeJS.WriteStream): ImportProgress {
  if (!stream.isTTY) return { report: () => undefined, stop: () => undefined };
  const start = performance.now();
  const bar = new SingleBar({
    stream,
    format: `${file.name} {bar} {percentage}% | {rate} | {eta_formatted} left`,
    hideCursor: true,
    clearOnComplete: true,
    etaBuffer: 50,
  });
  bar.start(Math.max(file.bytes, 1), 0, { rate: '' });
  return {
    report: (bytes, rows) => bar.update(bytes, { rate: rateOf(bytes, rows, performance.now() - start) }),
    stop: () => bar.stop(),
  };
}

/** Rows are known where they are parsed; a file that is sent to the server has bytes only. */
function rateOf(bytes: number, rows: number | null, elapsedMs: number): string {
  const perSecond = (rows ?? bytes) / Math.max(elapsedMs / 1000, 0.001);
  return rows === null
    ? `${(perSecond / 1e6).toFixed(1)} MB/s`
    : `${Math.round(perSecond).toLocaleString('en-US')} rows/s`;
}
