'use client';
/** Goes round dark, light and what the system says. */
import { useState } from 'react';
import { Button } from './button';
import { applyTheme, THEMES, type Theme } from './theme';

const ICONS: Record<Theme, string> = { system: '◐', dark: '☾', light: '☀' };

export function ThemeToggle({ first }: { readonly first: Theme }) {
  const [theme, setTheme] = useState<Theme>(first);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  return (
    <Button
      look="quiet"
      size="small"
      title={`Theme: ${theme}`}
      aria-label={`Theme ${theme}, change to ${next}`}
      onClick={() => {
        applyTheme(next);
        setTheme(next);
      }}
    >
      <span aria-hidden="true" className="text-16 leading-none">
        {ICONS[theme]}
      </span>
    </Button>
  );
}
