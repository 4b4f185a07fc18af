/** The environment: defaults, and errors that name the variable. */
import { expect, test } from 'vitest';
import { originOf, parseEnv } from './env';

test('everything has a default, and an empty variable counts as none', () => {
  const defaults = {
    PORT: 3000,
    HOST: '127.0.0.1',
    PADDOCK_DATA_DIR: '.paddock',
    PADDOCK_FSYNC: 'interval',
  };
  expect(parseEnv({})).toMatchObject(defaults);
  expect(parseEnv({ PADDOCK_OWNER_SECRET: '' }).PADDOCK_OWNER_SECRET).toBeUndefined();
  const empty = { PORT: '', HOST: '', PADDOCK_DATA_DIR: '', PADDOCK_FSYNC: '', PADDOCK_OWNER_SECRET: '' };
  expect(parseEnv(empty)).toMatchObject(defaults);
});

test.each([
  [{ PORT: 'http' }, /PORT: expected a port/],
  [{ PORT: '70000' }, /PORT/],
  [{ PADDOCK_FSYNC: 'sometimes' }, /PADDOCK_FSYNC: expected always, interval or never/],
  [{ PADDOCK_API_KEY_ID: 'only half' }, /PADDOCK_API_KEY_ID and PADDOCK_API_SECRET_KEY: expected both/],
  [{ HOST: '0.0.0.0' }, /PADDOCK_OWNER_SECRET: expected a secret, because HOST is 0\.0\.0\.0/],
])('%j is refused by name', (variables, message) => {
  expect(() => parseEnv(variables)).toThrow(message);
});

test('an address that others can reach needs an owner secret', () => {
  expect(parseEnv({ HOST: '0.0.0.0', PADDOCK_OWNER_SECRET: 'secret' }).HOST).toBe('0.0.0.0');
  expect(originOf('0.0.0.0', 80)).toBe('http://127.0.0.1:80');
  expect(originOf('::1', 80)).toBe('http://[::1]:80');
});
