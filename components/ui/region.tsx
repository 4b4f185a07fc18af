'use client';
/** What a region shows while it has nothing, is loading, or failed. */
import type { ReactNode } from 'react';
import { Button } from './button';

export function Empty({ children }: { readonly children: ReactNode }) {
  return <p className="px-3 py-6 text-center text-12 text-faint">{children}</p>;
}

export function Skeleton({ rows, label }: { readonly rows: number; readonly label: string }) {
  return (
    <div role="status" aria-label={label} className="space-y-2 p-3">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="h-4 animate-pulse rounded-[2px] bg-surface-2" />
      ))}
    </div>
  );
}

interface FailureProps {
  readonly what: string;
  readonly message: string;
  readonly onRetry: () => void;
}

export function Failure({ what, message, onRetry }: FailureProps) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 p-3 text-12">
      <span className="text-error">
        <span aria-hidden="true">✕ </span>
        {what} could not be read: {message}
      </span>
      <Button size="small" onClick={onRetry}>
        Retry
      </Button>
    </div>
  );
}
