/** The palette as the canvas needs it: resolved colours, read from the style sheet in the light that is on. */

const NAMES = {
  background: '--surface-0',
  grid: '--line',
  control: '--control',
  text: '--ink-muted',
  ink: '--ink',
  label: '--surface-2',
  up: '--up',
  down: '--down',
  watermark: '--watermark',
} as const;

export type ChartColours = Readonly<Record<keyof typeof NAMES, string>>;

/** A canvas knows neither custom properties nor light-dark(), so an element is asked what they come to. */
export function readColours(near: HTMLElement): ChartColours {
  const probe = document.createElement('span');
  near.append(probe);
  const resolve = (name: string): string => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const entries = Object.entries(NAMES).map(([key, name]) => [key, resolve(name)]);
  probe.remove();
  return Object.fromEntries(entries) as ChartColours;
}

/** The same colour, see-through. */
export function faded(colour: string, alpha: number): string {
  const channels = colour.match(/[\d.]+/g)?.slice(0, 3) ?? ['128', '128', '128'];
  return `rgba(${channels.join(', ')}, ${alpha})`;
}
