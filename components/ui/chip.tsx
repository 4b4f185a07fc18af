/** A small word in a box: a state, never only a colour. */
import type { ReactNode } from 'react';

const TONES = {
  neutral: 'border-control text-muted',
  warn: 'border-warn text-warn',
  error: 'border-error text-error',
  ok: 'border-ok text-ok',
} as const;

interface Props {
  readonly tone?: keyof typeof TONES;
  readonly title?: string;
  readonly children: ReactNode;
}

export function Chip({ tone = 'neutral', title, children }: Props) {
  return (
    <span
      title={title}
      className={`inline-flex h-[18px] items-center rounded-[3px] border px-1 text-11 leading-none font-medium whitespace-nowrap ${TONES[tone]}`}
    >
      {children}
    </span>
  );
}

/** Stands beside every symbol whose bars were invented, so that nobody takes them for history. */
export function SyntheticMark() {
  return <Chip title="Invented by the demo generator; not a real company or price">synthetic</Chip>;
}
