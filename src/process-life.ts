import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/*
 * Which process holds something, and whether it still lives. A process is named by its machine, its number and when it was started: numbers are
 * given again. The machine is the one since its last start, and the numbers' namespace, which containers have of their own.
 */

/** The name of a process of this machine, `machine/number/start`; of this one by default. */
export function processName(pid = process.pid): string {
  return `${machine()}/${pid}/${startOf(pid) ?? ''}`;
}

/** Whether the process of this name has surely ended. False where that is not known: it may be on another machine, or the name is none. */
export function hasEnded(name: string): boolean {
  const [where, pid, start] = name.split('/');
  if (where !== machine() || !pid || !/^\d+$/.test(pid)) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  const now = startOf(Number(pid));
  // Killed and not yet waited for by its parent: it will do nothing more.
  return now === 'zombie' || (now !== undefined && start !== '' && start !== undefined && now !== start);
}

let known: string | undefined;

function machine(): string {
  known ??= [hostname(), readText('/proc/sys/kernel/random/boot_id'), readLink('/proc/self/ns/pid')]
    .map((part) => part.replace(/[^\w.-]/g, ''))
    .join('-');
  return known;
}

/** Ticks after the machine's start (proc(5), field 22 of stat); undefined where the system does not say. */
function startOf(pid: number): string | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  // The name in parentheses may hold anything, spaces and parentheses too.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? 'zombie' : fields[19];
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
