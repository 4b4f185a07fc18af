/** Dark, light, or what the system says; kept in a cookie so that the server draws the first frame right. */

export const THEMES = ['system', 'dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];
export const THEME_COOKIE = 'paddock-theme';
/** Told to whatever draws outside of CSS, such as the chart. */
export const THEME_CHANGED = 'paddock-theme-changed';

const YEAR_SECONDS = 31_536_000;

export function isTheme(value: unknown): value is Theme {
  return THEMES.some((theme) => theme === value);
}

export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  window.dispatchEvent(new Event(THEME_CHANGED));
}
