/** The workbench of one session, with what the header needs already in the first answer. */
import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { isTheme, THEME_COOKIE } from '@/components/ui/theme';
import { Workbench } from '@/components/workbench/workbench';
import { getRuntime } from '@/server/runtime/runtime';
import { createCaller } from '@/server/trpc/router';

export const dynamic = 'force-dynamic';

interface Props {
  readonly params: Promise<{ readonly sid: string }>;
}

/** Null when there is no such session. */
const load = cache(async (sessionId: string) => {
  const runtime = await getRuntime();
  if ((await runtime.registry.open(sessionId)) === null) return null;
  const caller = createCaller(runtime);
  const [session, clock, account] = await Promise.all([
    caller.session.get({ sessionId }),
    caller.clock.get({ sessionId }),
    caller.account.get({ sessionId }),
  ]);
  return { session, clock, account };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const loaded = await load((await params).sid);
  return { title: loaded?.session.name ?? 'No such session' };
}

export default async function WorkbenchPage({ params }: Props) {
  const loaded = await load((await params).sid);
  if (loaded === null) notFound();
  const theme = (await cookies()).get(THEME_COOKIE)?.value;
  return <Workbench first={loaded} theme={isTheme(theme) ? theme : 'system'} />;
}
