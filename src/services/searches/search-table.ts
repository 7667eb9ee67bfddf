import type { Database } from '../database/model.ts';
import type { PageArguments } from '../jobs/model.ts';
import { type Keyed, mapNodes, readPage } from '../paging/read-page.ts';
import type { WantedSearch } from './check-search.ts';
import type { SavedSearch } from './model.ts';
import { type SearchRow, toColumns, toSearch } from './search-row.ts';

/** The statements on `saved_searches`. Writes join the caller's transaction. */
export function createSearchTable(db: Database) {
  const { sql } = db;
  const selectAll = sql.prepare('SELECT * FROM saved_searches ORDER BY seq');
  const selectById = sql.prepare('SELECT * FROM saved_searches WHERE id = ?');
  const selectOfJob = sql.prepare(
    'SELECT * FROM saved_searches WHERE id IN (SELECT search_id FROM search_matches WHERE job_id = ?) ORDER BY seq',
  );
  const count = sql.prepare('SELECT count(*) FROM saved_searches').pluck();
  const columns = ['name', 'query', 'criteria', 'scan', 'enabled', 'snoozed_until', 'notify', 'channel_ids'];
  const insert = sql.prepare(
    `INSERT INTO saved_searches (id, ${columns.join(', ')}, created_at, updated_at, version)
     VALUES (@id, ${columns.map((name) => `@${name}`).join(', ')}, @now, @now, 1) RETURNING *`,
  );
  const update = sql.prepare(
    `UPDATE saved_searches SET ${columns.map((name) => `${name} = @${name}`).join(', ')}, updated_at = @now,
     version = version + 1 WHERE id = @id RETURNING *`,
  );
  const remove = sql.prepare('DELETE FROM saved_searches WHERE id = ?');
  const markScanned = sql.prepare('UPDATE saved_searches SET last_scan_at = ? WHERE id = ?');
  const searches = (rows: unknown[]): SavedSearch[] => (rows as SearchRow[]).map(toSearch);
  const search = (row: unknown): SavedSearch => toSearch(row as SearchRow);

  return {
    all: () => searches(selectAll.all()),
    ofJob: (jobId: string) => searches(selectOfJob.all(jobId)),
    byId: (id: string) => searches(selectById.all(id))[0],
    count: () => count.get() as number,
    list: (page: PageArguments) =>
      mapNodes(
        readPage<SearchRow & Keyed>(db, {
          from: 'SELECT *, seq AS page_key FROM saved_searches',
          values: {},
          order: 'searches',
          isAscending: true,
          page,
        }),
        toSearch,
      ),
    insert: (id: string, wanted: WantedSearch, now: Date) =>
      search(insert.get({ id, ...toColumns(wanted), now: now.getTime() })),
    update: (id: string, wanted: WantedSearch, now: Date) =>
      search(update.get({ id, ...toColumns(wanted), now: now.getTime() })),
    remove: (id: string) => void remove.run(id),
    markScanned: (id: string, at: Date) => void markScanned.run(at.getTime(), id),
  };
}
