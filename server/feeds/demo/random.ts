/** A small seeded generator of random numbers: the same seed gives the same demo data on every machine. */
import { sha256Hex } from '../../engine/units/sha256';

export interface Random {
  /** 0 <= x < 1. */
  uniform(): number;
  /** Mean 0, variance 1. */
  normal(): number;
  /** True once in `1 / probability` times. */
  chance(probability: number): boolean;
}

/** SFC32 (Chris Doty-Humphrey, PractRand), started from the digest of the seed. */
export function randomOf(seed: string): Random {
  const digest = sha256Hex(seed);
  const word = (index: number): number => parseInt(digest.slice(index * 8, index * 8 + 8), 16) | 0;
  let [a, b, c, counter] = [word(0), word(1), word(2), word(3)];
  let spare: number | null = null;

  function uniform(): number {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    return (result >>> 0) / 0x1_0000_0000;
  }

  /** Two at a time (Marsaglia's polar method, 1964): no sines, which not every engine rounds alike. */
  function normal(): number {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    for (;;) {
      const [x, y] = [2 * uniform() - 1, 2 * uniform() - 1];
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const stretch = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * stretch;
      return x * stretch;
    }
  }

  return { uniform, normal, chance: (probability) => uniform() < probability };
}

/** A value that wanders around zero: after `halfLife` steps half of it is forgotten. Variance as told, always. */
export function wanderer(random: Random, halfLife: number, variance: number): () => number {
  const kept = 0.5 ** (1 / halfLife);
  const fresh = Math.sqrt(variance * (1 - kept * kept));
  let value = Math.sqrt(variance) * random.normal();
  return () => {
    const current = value;
    value = kept * value + fresh * random.normal();
    return current;
  };
}
