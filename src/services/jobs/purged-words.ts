import type { Database } from '../database/model.ts';

/** Pages of the index that one step writes anew: a few milliseconds of work. */
const pagesAStep = 20;

/** Takes the pieces of purged words out of the full-text index, a little at a time. */
export interface PurgedWords {
  /** Something was purged: the index has to be gone over again. */
  note(): void;
  /** Does a little of what is left to do. True: nothing is. @throws SqliteError SQLITE_BUSY */
  step(): boolean;
}

/**
 * What is deleted from an FTS5 index leaves pieces of words in its inner pages, `secure-delete` or not. They go once all segments have been merged
 * into one, which FTS5 does page by page: a negative `merge` begins it, positive ones go on, and one that changes nothing has come to the end.
 */
export function createPurgedWords({ sql }: Pick<Database, 'sql'>): PurgedWords {
  const merge = sql.prepare("INSERT INTO jobs_fts (jobs_fts, rank) VALUES ('merge', ?)");
  const changes = sql.prepare('SELECT total_changes()').pluck();
  // Another process, or this one before it was killed, may have purged without coming to the end of it.
  const wasPurged = sql.prepare('SELECT 1 FROM jobs WHERE content_purged_at IS NOT NULL LIMIT 1').get() !== undefined;
  let state: 'clean' | 'purged' | 'merging' = wasPurged ? 'purged' : 'clean';

  return {
    note: () => {
      state = 'purged';
    },
    step: () => {
      if (state === 'clean') return true;
      const before = changes.get() as number;
      merge.run(state === 'purged' ? -pagesAStep : pagesAStep);
      const isAtEnd = state === 'merging' && (changes.get() as number) - before < 2;
      state = isAtEnd ? 'clean' : 'merging';
      return isAtEnd;
    },
  };
}
