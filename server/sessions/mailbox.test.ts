/** The mailbox: one at a time, in order, only so many. */
import { expect, test } from 'vitest';
import { Mailbox } from './mailbox';

function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

test('works through letters in order, one at a time, the first in the same tick', async () => {
  const mailbox = new Mailbox(10);
  const seen: string[] = [];
  const work = (name: string) => async (): Promise<string> => {
    seen.push(`${name} starts`);
    await Promise.resolve();
    seen.push(`${name} ends`);
    return name;
  };
  const all = ['a', 'b', 'c'].map((name) => mailbox.submit(work(name)));
  expect(seen).toEqual(['a starts']);
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c']);
  expect(seen).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} starts`, `${name} ends`]));
  expect(mailbox.isIdle).toBe(true);
});

test('a full mailbox refuses with session_busy and loses nothing', async () => {
  const mailbox = new Mailbox(2);
  const { opened, open } = gate();
  const taken = [0, 1, 2].map((index) => mailbox.submit(() => opened.then(() => index)));
  await expect(mailbox.submit(async () => 3)).rejects.toMatchObject({ code: 'session_busy' });
  open();
  expect(await Promise.all(taken)).toEqual([0, 1, 2]);
  expect(await mailbox.submit(async () => 4)).toBe(4);
});

test('an error reaches its caller alone', async () => {
  const mailbox = new Mailbox(2);
  const failing = mailbox.submit(() => Promise.reject(new Error('broken')));
  const next = mailbox.submit(async () => 'fine');
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe('fine');
});

test('closing refuses what waits and what comes, and lets what is going on end', async () => {
  const mailbox = new Mailbox(5);
  const { opened, open } = gate();
  const going = mailbox.submit(() => opened.then(() => 'done'));
  const waiting = mailbox.submit(async () => 'never');
  mailbox.close(new Error('closed'));
  await expect(waiting).rejects.toThrow('closed');
  await expect(mailbox.submit(async () => 'never')).rejects.toThrow('closed');
  const idle = mailbox.idle();
  open();
  expect(await going).toBe('done');
  await idle;
  expect(mailbox.isIdle).toBe(true);
});
