'use client';
/** Says that the live feed is cut, and since when what is shown may be old. */
import { useFeed } from '../client/session-feed';

export function ConnectionBanner() {
  const { connection } = useFeed();
  return (
    <div role="status">
      {connection.state === 'lost' ? (
        <p className="border-b border-warn bg-surface-1 px-3 py-1.5 text-12 text-warn">
          <span aria-hidden="true">⚠ </span>
          Reconnecting ({connection.attempts}). What you see is from{' '}
          {new Date(connection.since).toLocaleTimeString('en-US', { hour12: false })} and may be old; time and
          orders are off until the server answers.
        </p>
      ) : null}
    </div>
  );
}
