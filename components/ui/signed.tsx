/** A gain or a loss: sign, colour and the same digits as everywhere. */
import { signOf, withSign } from './decimal';

const COLOURS = { 1: 'text-up', 0: 'text-ink', [-1]: 'text-down' } as const;

interface Props {
  readonly value: string;
  readonly written: string;
  readonly className?: string;
}

export function Signed({ value, written, className = '' }: Props) {
  return (
    <span className={`tabular-nums ${COLOURS[signOf(value)]} ${className}`}>{withSign(value, written)}</span>
  );
}
