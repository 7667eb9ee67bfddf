import type { Database } from '../database/model.ts';
import type { Explain } from '../jobs/criteria/explain.ts';
import type { SavedSearch } from './model.ts';

/** Which jobs each search matched. Writes join the caller's transaction. */
export interface SearchMatches {
  add(jobId: string, searchIds: readonly string[], now: Date): void;
  /**
   * What the search matches now takes the place of what it matched among the jobs whose content is kept; purged ones stay as they were. What an
   * enabled search matches has been asked for from now on.
   */
  renew(search: SavedSearch, now: Date): void;
  forget(searchId: string): void;
}

/** The matches of this database. */
export function createSearchMatches({ sql }: Database, explain: Explain): SearchMatches {
  // A search may have been deleted while a scan was judging by it.
  const add = sql.prepare(
    `INSERT OR IGNORE INTO search_matches (search_id, job_id, matched_at)
     SELECT id, @jobId, @now FROM saved_searches WHERE id = @id`,
  );
  const addAll = sql.prepare(
    `INSERT OR IGNORE INTO search_matches (search_id, job_id, matched_at)
     SELECT @searchId, value, @now FROM json_each(@jobIds)`,
  );
  const dropOthers = sql.prepare(
    `DELETE FROM search_matches WHERE search_id = @searchId AND job_id NOT IN (SELECT value FROM json_each(@jobIds))
     AND job_id NOT IN (SELECT id FROM jobs WHERE content_purged_at IS NOT NULL)`,
  );
  const markMatched = sql.prepare(
    'UPDATE jobs SET matched_at = @now WHERE matched_at IS NULL AND id IN (SELECT value FROM json_each(@jobIds))',
  );
  const forget = sql.prepare('DELETE FROM search_matches WHERE search_id = ?');

  return {
    add: (jobId, searchIds, now) => {
      for (const id of searchIds) add.run({ id, jobId, now: now.getTime() });
    },
    renew: ({ id, query, criteria, enabled }, now) => {
      const explained = explain({ criteria, limit: -1, ...(query !== undefined && { query }) });
      const matches = explained.filter(({ droppedBy, matchesQuery }) => droppedBy.length === 0 && matchesQuery);
      const jobIds = JSON.stringify(matches.map(({ jobId }) => jobId));
      dropOthers.run({ searchId: id, jobIds });
      addAll.run({ searchId: id, jobIds, now: now.getTime() });
      if (enabled) markMatched.run({ jobIds, now: now.getTime() });
    },
    forget: (searchId) => void forget.run(searchId),
  };
}
