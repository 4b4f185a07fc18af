/** A moment in New York time, with UTC for who hovers. */
import { formatShort } from '@/components/clock/new-york';

export function Instant({ time }: { readonly time: number }) {
  const utc = new Date(time).toISOString();
  return (
    <time dateTime={utc} title={`${utc} (UTC)`} className="tabular-nums">
      {formatShort(time)}
    </time>
  );
}
