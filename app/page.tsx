/** The front door: straight into the demo session. */
import { redirect } from 'next/navigation';
import { getRuntime } from '@/server/runtime/runtime';

export const dynamic = 'force-dynamic';

export default async function FrontDoor() {
  const runtime = await getRuntime();
  redirect(`/s/${encodeURIComponent(await runtime.demoSessionId())}`);
}
