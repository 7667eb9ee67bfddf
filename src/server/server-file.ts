import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { hasEnded, processName } from '../process-life.ts';

/** What the command line reads to find the server of its home. */
export interface ServerNote {
  readonly url: string;
  readonly pid: number;
  readonly startedAt: string;
}

/** While another server is named, it is looked again so often whether it still lives. */
const againMs = 5_000;

/**
 * Writes `server.json`, which tells the command line where the server of this home is. Another server that is named
 * there and lives stays named; once it has ended, this one is. Returns how to take the note away; another server's note
 * is left alone.
 */
export function keepServerFile(
  home: string,
  note: ServerNote,
  { clock, log }: { readonly clock: Pick<Clock, 'after'>; readonly log: Log },
): () => void {
  const file = join(home, 'server.json');
  const text = `${JSON.stringify({ ...note, process: processName(note.pid) })}\n`;
  let cancel = () => {};
  const claim = (isFirst: boolean) => {
    const other = claimFile(file, text, note.pid);
    if (!other) return;
    if (isFirst)
      log.warn(
        { url: other.url, pid: other.pid },
        'Another server of this home runs: commands go on asking it. This one is reached with --url',
      );
    cancel = clock.after(againMs, () => claim(false));
  };
  claim(true);
  return () => {
    cancel();
    if (existsSync(file) && readFileSync(file, 'utf8') === text) rmSync(file);
  };
}

/** Undefined when the file is ours now; else whom it names. */
function claimFile(file: string, text: string, pid: number): Partial<ServerNote> | undefined {
  const draft = `${file}.${pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    // Whoever makes the name first has it.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const other = readNote(file);
    if (other && other.process !== processName(pid) && !isOver(other)) return other;
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  return undefined;
}

function isOver({ process: name, pid }: { readonly process?: string; readonly pid: number }): boolean {
  return hasEnded(name ?? `${processName(pid).split('/')[0]}/${pid}/`);
}

function readNote(file: string): (ServerNote & { readonly process?: string }) | undefined {
  try {
    const note = JSON.parse(readFileSync(file, 'utf8')) as ServerNote & { process?: string };
    return Number.isSafeInteger(note.pid) && note.pid > 0 ? note : undefined;
  } catch {
    return undefined;
  }
}
