'use client';
/** A labelled choice out of a few. */
import { FieldError } from './field';

interface Props<Id extends string> {
  readonly id: string;
  readonly label: string;
  readonly value: Id;
  readonly options: readonly { readonly id: Id; readonly label: string }[];
  readonly error?: string;
  readonly onChange: (id: Id) => void;
}

export function Choice<Id extends string>({ id, label, value, options, error, onChange }: Props<Id>) {
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-11 font-medium text-muted">
        {label}
      </label>
      <select
        id={id}
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        onChange={(event) => {
          const chosen = options.find((option) => option.id === event.target.value);
          if (chosen !== undefined) onChange(chosen.id);
        }}
        className="h-8 w-full rounded-[4px] border border-control bg-surface-0 px-2 text-13 aria-invalid:border-error max-lg:h-11"
      >
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
      <FieldError id={id} error={error} />
    </div>
  );
}
