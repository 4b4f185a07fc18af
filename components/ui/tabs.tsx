'use client';
/** Tabs: one stop for the Tab key, arrows go along them. */
import type { KeyboardEvent, ReactNode } from 'react';

interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: ReactNode;
}

interface Props<Id extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly chosen: Id;
  readonly onChoose: (id: Id) => void;
  /** Prefix of the tabs' ids, and of the id of the panel that they show. */
  readonly name: string;
  readonly className?: string;
}

export const panelProps = (name: string, chosen: string) => ({
  role: 'tabpanel',
  id: `${name}-panel`,
  'aria-labelledby': `${name}-${chosen}`,
});

export function Tabs<Id extends string>({ label, tabs, chosen, onChoose, name, className = '' }: Props<Id>) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = tabs.findIndex((tab) => tab.id === chosen);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    onChoose(next.id);
    document.getElementById(`${name}-${next.id}`)?.focus();
  };
  return (
    <div
      role="tablist"
      aria-label={label}
      onKeyDown={onKeyDown}
      className={`flex items-stretch ${className}`}
    >
      {tabs.map((tab) => {
        const isChosen = tab.id === chosen;
        return (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${name}-${tab.id}`}
            aria-selected={isChosen}
            aria-controls={`${name}-panel`}
            tabIndex={isChosen ? 0 : -1}
            onClick={() => onChoose(tab.id)}
            className={`relative flex min-h-8 items-center gap-1.5 px-3 text-12 font-medium whitespace-nowrap max-lg:min-h-11 ${
              isChosen
                ? 'text-ink after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 after:bg-ink'
                : 'text-muted hover:text-ink'
            }`}
          >
            {tab.label}
          </button>
        );
      })}
    </div>
  );
}
