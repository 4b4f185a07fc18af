'use client';
/** The one button: chrome is neutral, and only buying and selling have a colour. */
import type { ButtonHTMLAttributes } from 'react';

const LOOKS = {
  primary: 'bg-ink text-surface-0 hover:opacity-90',
  outline: 'border border-control text-ink hover:bg-surface-2',
  quiet: 'text-muted hover:bg-surface-2 hover:text-ink',
  buy: 'bg-up text-on-direction hover:opacity-90',
  sell: 'bg-down text-on-direction hover:opacity-90',
} as const;
const SIZES = {
  small: 'h-6 px-2 text-12 max-lg:h-8',
  medium: 'h-8 px-3 text-13 max-lg:h-11',
  large: 'h-9 px-4 text-13 font-semibold max-lg:h-11',
} as const;

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: keyof typeof LOOKS;
  readonly size?: keyof typeof SIZES;
}

export function Button({
  look = 'outline',
  size = 'medium',
  className = '',
  type = 'button',
  ...rest
}: Props) {
  const base =
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-[4px] font-medium whitespace-nowrap ' +
    'disabled:cursor-not-allowed disabled:border disabled:border-line disabled:bg-surface-2 disabled:text-faint disabled:opacity-100';
  return <button type={type} className={`${base} ${SIZES[size]} ${LOOKS[look]} ${className}`} {...rest} />;
}
