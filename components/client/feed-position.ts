/** Where a reader of the feed stands: tells the next commit from a repeated one and from a gap. */

export type Step = 'next' | 'repeated' | 'gap';

/** Commits are numbered without gaps, so a number that is not the next one means that something was missed. */
export function stepTo(last: number, sequence: number): Step {
  if (sequence === last) return 'repeated';
  return sequence === last + 1 ? 'next' : 'gap';
}
