/** The feed's numbers: next, repeated, gap. */
import { expect, test } from 'vitest';
import { stepTo } from './feed-position';

test('the number after the last is the next', () => expect(stepTo(7, 8)).toBe('next'));
test('the same number again is a repeat', () => expect(stepTo(7, 7)).toBe('repeated'));
test('a jump forward is a gap', () => expect(stepTo(7, 9)).toBe('gap'));
test('a step back, as after restored data, is a gap', () => expect(stepTo(7, 3)).toBe('gap'));
