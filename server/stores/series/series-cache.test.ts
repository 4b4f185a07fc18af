/** The cache of columns: bounded in bytes, the least recently used goes first, failures are not kept. */
import { expect, test } from 'vitest';
import { type BarColumns, emptyBars } from '../../engine/market/bars';
import { SeriesCache } from './series-cache';

/** Columns over one buffer of 64 bytes a bar, as they are read from a file. */
function bars(length: number): BarColumns {
  const buffer = new ArrayBuffer(length * 64);
  return { ...emptyBars(length), time: new Float64Array(buffer, 0, length) };
}

test('the least recently used goes when the bytes are full', async () => {
  const cache = new SeriesCache(2 * 64);
  const loads: string[] = [];
  const get = (key: string) =>
    cache.get(key, async () => {
      loads.push(key);
      return bars(1);
    });
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await get(key);
  expect(loads).toEqual(['a', 'b', 'c', 'b']);
  expect(cache.bytesHeld).toBe(128);
});

test('a piece larger than the bound is still read, alone', async () => {
  const cache = new SeriesCache(64);
  await cache.get('small', async () => bars(1));
  expect((await cache.get('large', async () => bars(10))).length).toBe(10);
  expect(cache.bytesHeld).toBe(640);
});

test('what is being loaded is loaded once, and a failure is tried again', async () => {
  const cache = new SeriesCache(64);
  let loads = 0;
  const failing = () => cache.get('a', () => Promise.reject(new Error(`load ${++loads}`)));
  await expect(Promise.all([failing(), failing()])).rejects.toThrow('load 1');
  await expect(failing()).rejects.toThrow('load 2');
});
