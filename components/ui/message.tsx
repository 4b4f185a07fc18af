'use client';
/** A whole page that says one thing and offers the way on. */
import type { ReactNode } from 'react';
import { Button } from './button';

interface Props {
  readonly title: string;
  readonly children: ReactNode;
  readonly retry?: () => void;
}

export function Message({ title, children, retry }: Props) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-120 flex-col justify-center gap-3 px-6">
      <h1 className="text-20 font-semibold">{title}</h1>
      <p className="text-14 text-muted">{children}</p>
      <div className="flex items-center gap-3 pt-2">
        {retry === undefined ? null : <Button onClick={retry}>Try again</Button>}
        {/* A plain link: a broken page should be left by a full load. */}
        {/* eslint-disable-next-line @next/next/no-html-link-for-pages */}
        <a className="text-14 underline underline-offset-4" href="/">
          Open the demo session
        </a>
      </div>
    </main>
  );
}
