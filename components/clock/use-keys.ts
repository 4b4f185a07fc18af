'use client';
/** Single-key commands: silent in fields, menus and dialogs, and with a modifier; one switch turns them off (WCAG 2.1.4). */
import { useCallback, useEffect, useState } from 'react';

const SETTING = 'paddock-single-keys';
const TYPED_IN =
  'input:not([type="checkbox"]), textarea, select, [contenteditable="true"], [role="menu"], dialog';

/** Whether a key press belongs to what has the focus rather than to a command. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPED_IN) !== null;
}

type KeyCommands = Readonly<Record<string, () => void>>;

export function useKeys(commands: KeyCommands, areOn: boolean): void {
  useEffect(() => {
    if (!areOn) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target) || !Object.hasOwn(commands, event.key)) return;
      event.preventDefault();
      commands[event.key]?.();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [commands, areOn]);
}

const CHANGED = 'paddock-single-keys-changed';

/** On unless switched off in this browser. All readers on the page change together. */
export function useKeysSetting(): readonly [boolean, (areOn: boolean) => void] {
  const [areOn, setOn] = useState(true);
  useEffect(() => {
    const read = (): void => setOn(localStorage.getItem(SETTING) !== 'off');
    read();
    window.addEventListener(CHANGED, read);
    return () => window.removeEventListener(CHANGED, read);
  }, []);
  const change = useCallback((on: boolean) => {
    localStorage.setItem(SETTING, on ? 'on' : 'off');
    window.dispatchEvent(new Event(CHANGED));
  }, []);
  return [areOn, change];
}
