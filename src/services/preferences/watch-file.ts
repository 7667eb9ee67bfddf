import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Clock } from '../../clock.ts';
import { stampOf } from './preferences-file.ts';

/** Editors write in several steps. */
const settleMs = 200;
/** The system's notices get lost on some file systems, and cannot be had for a folder that is missing. */
const lookMs = 5_000;

/** Calls `onChange` after the file has been changed, replaced, made or removed, once for changes that follow closely. Returns how to stop. */
export function watchFile(file: string, clock: Pick<Clock, 'after'>, onChange: () => void): () => void {
  let stamp = stampOf(file);
  let cancelSettle: (() => void) | undefined;
  const settle = () => {
    cancelSettle?.();
    cancelSettle = clock.after(settleMs, () => {
      cancelSettle = undefined;
      stamp = stampOf(file);
      onChange();
    });
  };
  const stopNotices = startNotices(file, () => {
    if (stampOf(file) !== stamp) settle();
  });
  let cancelLook: () => void;
  const look = () => {
    if (!cancelSettle && stampOf(file) !== stamp) settle();
    cancelLook = clock.after(lookMs, look);
  };
  cancelLook = clock.after(lookMs, look);
  return () => {
    stopNotices();
    cancelLook();
    cancelSettle?.();
  };
}

/** The folder is watched, since an editor that replaces the file would leave a watch on the old one behind. */
function startNotices(file: string, onNotice: () => void): () => void {
  try {
    const watcher = watch(dirname(file), { persistent: false }, (_event, name) => {
      if (name === null || name === basename(file)) onNotice();
    });
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => undefined;
  }
}
