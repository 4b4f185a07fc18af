'use client';
/** A page that could not be made: what to do, and the number that finds it in the server's log. */
import { Message } from '@/components/ui/message';

export default function ErrorPage({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  return (
    <Message title="This page could not be shown" retry={reset}>
      Nothing of your session is lost: everything acknowledged is in its log. Try again; if it stays like
      this, look at the server&apos;s output{error.digest === undefined ? '' : ` for ${error.digest}`}.
    </Message>
  );
}
