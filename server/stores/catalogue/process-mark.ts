/** Tells whether a process that once wrote its number down is still that process. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Fields of /proc/<pid>/stat after the name, counted from the state (proc(5): fields 3 and 22). */
const STATE = 0;
const START_TIME = 19;
const DEAD_STATES = ['Z', 'X', 'x'];

/**
 * When a living process started, in words that no later process with the same number repeats; null when there
 * is no such process. Numbers are used again after a crash or a reboot, start times are not.
 */
export function processMark(pid: number): string | null {
  if (!isAlive(pid)) return null;
  return linuxMark(pid) ?? portableMark(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function linuxMark(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (DEAD_STATES.includes(fields[STATE] ?? '')) return null;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}:${fields[START_TIME] ?? ''}`;
  } catch {
    return null;
  }
}

/** Where there is no /proc. Without `ps` either, the number alone has to do. */
function portableMark(pid: number): string | null {
  if (process.platform === 'linux') return null;
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
