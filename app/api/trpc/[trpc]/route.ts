/** The door of our own browser: tRPC over fetch, streaming the live feed as server-sent events. */
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { getRuntime } from '@/server/runtime/runtime';
import { isOwnRequest } from '@/server/schema/own-request';
import { isLoopback } from '@/server/runtime/env';
import { appRouter } from '@/server/trpc/router';

export const dynamic = 'force-dynamic';

async function handle(request: Request): Promise<Response> {
  const runtime = await getRuntime();
  if (!isOwnRequest((name) => request.headers.get(name), isLoopback(runtime.env.HOST))) {
    const message = 'Expected a request from this server’s own pages, found another Host or Origin.';
    return Response.json({ error: { message } }, { status: 403 });
  }
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: () => runtime,
    onError: ({ error, path }) => {
      if (error.code === 'INTERNAL_SERVER_ERROR') console.error(`tRPC ${path ?? 'request'} failed`, error);
    },
  });
}

export { handle as GET, handle as POST };
