'use client';
/** The workbench of one session: time above, chart and blotter in the middle, ticket and account at the right. */
import { ServerLink } from '../client/server-link';
import { SessionFeed } from '../client/session-feed';
import type { Account, Clock, Session } from '../client/trpc';
import type { Theme } from '../ui/theme';
import { Floor } from './floor';

/** What the server already knew when it made the page. */
export interface First {
  readonly session: Session;
  readonly clock: Clock;
  readonly account: Account;
}

export function Workbench({ first, theme }: { readonly first: First; readonly theme: Theme }) {
  return (
    <ServerLink>
      <SessionFeed sessionId={first.session.id} after={first.clock.sequence}>
        <Floor first={first} theme={theme} />
      </SessionFeed>
    </ServerLink>
  );
}
