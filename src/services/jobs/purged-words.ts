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
 * What is deleted from an FTS5 index leaves pieces of words in its inner pages, `secure-delete` or not. They go once every segment has been merged
 * into one, which FTS5 does page by page: a negative `merge` begins it, positive ones go on, and one that changes nothing has come to the end.
 */
export function createPurgedWords({ sql, transaction }: Pick<Database, 'sql' | 'transaction'>): PurgedWords {
  const merge = sql.prepare("INSERT INTO jobs_fts (jobs_fts, rank) VALUES ('merge', ?)");
  const rebuild = sql.prepare("INSERT INTO jobs_fts (jobs_fts) VALUES ('rebuild')");
  const changes = sql.prepare('SELECT total_changes()').pluck();
  const kept = sql.prepare("SELECT seq FROM jobs WHERE title_words <> '' ORDER BY seq DESC LIMIT 1").pluck();
  const columns = 'rowid, title_words, skill_words, description_words';
  const values = 'seq, title_words, skill_words, description_words FROM jobs WHERE seq = ?';
  const takeOut = sql.prepare(`INSERT INTO jobs_fts (jobs_fts, ${columns}) SELECT 'delete', ${values}`);
  const putIn = sql.prepare(`INSERT INTO jobs_fts (${columns}) SELECT ${values}`);
  let state: 'clean' | 'purged' | 'merging' =
    sql.prepare('SELECT 1 FROM jobs WHERE content_purged_at IS NOT NULL LIMIT 1').get() === undefined
      ? 'clean'
      : // Another process, or this one before it was killed, may have purged without coming to the end of it.
        'purged';

  const begin = () =>
    transaction((): undefined => {
      const seq = kept.get() as number | undefined;
      if (seq === undefined) return void rebuild.run();
      // A lone segment would not be merged: what is put in anew makes a second one.
      takeOut.run(seq);
      putIn.run(seq);
      merge.run(-pagesAStep);
    });

  return {
    note: () => {
      state = 'purged';
    },
    step: () => {
      if (state === 'purged') {
        begin();
        state = 'merging';
        return false;
      }
      if (state === 'clean') return true;
      const before = changes.get() as number;
      merge.run(pagesAStep);
      if ((changes.get() as number) - before >= 2) return false;
      state = 'clean';
      return true;
    },
  };
}
