/** The cells that `writeLegend` fills. They never re-render, so a moving mouse costs no React. */
import type { Ref } from 'react';

const FIELDS = [
  ['open', 'O', 'open'],
  ['high', 'H', 'high'],
  ['low', 'L', 'low'],
  ['close', 'C', 'close'],
  ['volume', 'V', 'volume'],
] as const;

export function ChartLegend({ ref }: { readonly ref: Ref<HTMLDivElement> }) {
  return (
    <div
      ref={ref}
      className="group pointer-events-none absolute top-1.5 right-18 left-3 z-10 flex flex-wrap gap-x-2.5 text-11 tabular-nums"
    >
      <span data-field="time" className="text-faint" />
      {FIELDS.map(([field, letter, word]) => (
        <span key={field} className="text-faint">
          <abbr title={word} className="no-underline">
            {letter}
          </abbr>{' '}
          <span
            data-field={field}
            className="text-ink group-data-[direction=down]:text-down group-data-[direction=up]:text-up"
          />
        </span>
      ))}
      <span
        data-field="change"
        className="group-data-[direction=down]:text-down group-data-[direction=up]:text-up"
      />
    </div>
  );
}
