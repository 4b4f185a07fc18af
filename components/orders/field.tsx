'use client';
/** A labelled text field whose fault stands below it and is read out with it. */
import type { Ref } from 'react';

interface Props {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
  readonly onBlur: () => void;
  readonly ref?: Ref<HTMLInputElement>;
}

export function DecimalField({ id, label, value, error, onChange, onBlur, ref }: Props) {
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-11 font-medium text-muted">
        {label}
      </label>
      <input
        ref={ref}
        id={id}
        inputMode="decimal"
        autoComplete="off"
        maxLength={32}
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onBlur}
        className="h-8 w-full rounded-[4px] border border-control bg-surface-0 px-2 text-right text-13 tabular-nums aria-invalid:border-error max-lg:h-11"
      />
      <FieldError id={id} error={error} />
    </div>
  );
}

export function FieldError({ id, error }: { readonly id: string; readonly error: string | undefined }) {
  if (error === undefined) return null;
  return (
    <p id={`${id}-error`} className="mt-1 text-11 text-error">
      <span aria-hidden="true">✕ </span>
      {error}
    </p>
  );
}
