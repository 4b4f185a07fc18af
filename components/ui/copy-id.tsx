'use client';
/** A long id, shown short and copied whole. */
import { useEffect, useState } from 'react';

const SHOWN = 8;
const CONFIRMED_MS = 1_500;

export function CopyId({ id, what }: { readonly id: string; readonly what: string }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), CONFIRMED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <button
      type="button"
      title={`Copy ${id}`}
      aria-label={isCopied ? `Copied ${what}` : `Copy ${what} ${id.slice(0, SHOWN)}`}
      onClick={() => void navigator.clipboard.writeText(id).then(() => setCopied(true))}
      className="inline-flex min-h-6 items-center font-mono text-11 text-muted underline decoration-dotted underline-offset-4 hover:text-ink"
    >
      {isCopied ? 'copied' : id.slice(0, SHOWN)}
    </button>
  );
}
