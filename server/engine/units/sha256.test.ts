/** Our SHA-256 against the platform's. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256Hex } from './sha256';

const platform = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

test('gives the digests of FIPS 180-4', () => {
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('agrees with the platform on every length around a block and on any text', () => {
  for (let length = 0; length < 200; length++) {
    expect(sha256Hex('é'.repeat(length))).toBe(platform('é'.repeat(length)));
  }
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => sha256Hex(text) === platform(text)));
});
