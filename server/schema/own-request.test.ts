/** Who may knock without a key, and at the browser's own door. */
import { expect, test } from 'vitest';
import { isOwnRequest } from './own-request';

const request = (headers: Record<string, string>) => (name: string) => new Headers(headers).get(name);

test('our own page, posting', () => {
  const headers = request({ host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' });
  expect(isOwnRequest(headers, true)).toBe(true);
});

test('another site, posting', () => {
  const headers = request({ host: '127.0.0.1:3000', origin: 'https://elsewhere.example' });
  expect(isOwnRequest(headers, true)).toBe(false);
});

test('another site, reading without an Origin', () => {
  const headers = request({ host: 'localhost:3000', 'sec-fetch-site': 'cross-site' });
  expect(isOwnRequest(headers, true)).toBe(false);
});

test('a foreign name that resolves to loopback', () => {
  const headers = request({ host: 'rebound.example:3000', origin: 'http://rebound.example:3000' });
  expect(isOwnRequest(headers, true)).toBe(false);
});

test('a name of ours when bound to all addresses', () => {
  const headers = request({ host: 'paddock.example', origin: 'https://paddock.example' });
  expect(isOwnRequest(headers, false)).toBe(true);
});

test('an Origin that is not a URL', () => {
  expect(isOwnRequest(request({ host: 'localhost', origin: 'null' }), true)).toBe(false);
});
