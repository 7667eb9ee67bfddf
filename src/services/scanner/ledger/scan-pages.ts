import type { Database } from '../../database/model.ts';
import type { Job, JobService } from '../../jobs/model.ts';
import { createConditions } from '../../paging/conditions.ts';
import { type Keyed, mapNodes, readPage } from '../../paging/read-page.ts';
import type { Scan, ScanFilter, ScannerService, ScanOrder } from '../model.ts';
import { type ScanRow, toScan } from './scan-row.ts';

const keys: Readonly<Record<ScanOrder['field'], string>> = {
  QUEUED_AT: 'queued_at',
  DURATION: 'coalesce(duration_ms, -1)',
  NEW_COUNT: 'new',
};

/** The lists of scans and of the jobs they found. All throw RefusedError BAD_USER_INPUT. */
export function createScanPages(
  db: Database,
  jobs: Pick<JobService, 'bySeq'>,
): Pick<ScannerService, 'list' | 'count' | 'jobs' | 'countJobs'> {
  const newJobs = "FROM scan_jobs WHERE outcome = 'new' AND scan_seq = (SELECT seq FROM scans WHERE id = @scanId)";
  const countNew = db.sql.prepare(`SELECT count(*) ${newJobs}`).pluck();

  return {
    list: ({ filter, orderBy, ...page }) => {
      const { text, values } = conditions(filter);
      const rows = readPage<ScanRow & Keyed>(db, {
        from: `SELECT *, ${keys[orderBy.field]} AS page_key FROM scans WHERE ${text}`,
        values,
        order: `${orderBy.field} ${orderBy.direction}`,
        isAscending: orderBy.direction === 'ASC',
        page,
      });
      return mapNodes(rows, (row): Scan => toScan(row));
    },
    count: (filter) => {
      const { text, values } = conditions(filter);
      return db.sql.prepare(`SELECT count(*) FROM scans WHERE ${text}`).pluck().get(values) as number;
    },
    jobs: (scanId, page) => {
      const rows = readPage<Keyed>(db, {
        from: `SELECT job_seq AS seq, job_seq AS page_key ${newJobs}`,
        values: { scanId },
        order: scanId,
        isAscending: false,
        page,
      });
      return mapNodes(rows, ({ seq }): Job | undefined => jobs.bySeq(seq));
    },
    countJobs: (scanId) => countNew.get({ scanId }) as number,
  };
}

function conditions(filter: ScanFilter | null | undefined) {
  // Without a filter, as with one, dry runs are asked for by name.
  return createConditions()
    .among('dry_run', filter?.dryRuns ? undefined : ['0'])
    .among('status', filter?.statuses)
    .among('trigger', filter?.triggers)
    .within('queued_at', filter?.queuedAt);
}
