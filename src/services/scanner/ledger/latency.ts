import type { Database } from '../../database/model.ts';
import type { ScanLatency } from '../model.ts';

/**
 * Measures how long postings took from posted to pushed, for those announced since an instant. A job that an edit or new criteria made a match
 * long after it was first seen says nothing about speed and is left out.
 */
export function createLatencyMeasure(db: Database): (since: Date) => ScanLatency {
  const select = db.sql
    .prepare(
      `SELECT max(0, announced_at - posted_at) FROM scan_jobs JOIN jobs ON jobs.seq = job_seq JOIN scans ON scans.seq = scan_seq
       WHERE announced_at IS NOT NULL AND announced_at >= ? AND first_seen_at >= started_at AND posted_at <> first_seen_at ORDER BY 1`,
    )
    .pluck();
  return (since) => {
    const lengths = select.all(since.getTime()) as number[];
    const rank = (share: number) => lengths[Math.ceil(share * lengths.length) - 1];
    const [p50Ms, p90Ms, p99Ms] = [rank(0.5), rank(0.9), rank(0.99)];
    return {
      ...(p50Ms !== undefined && { p50Ms }),
      ...(p90Ms !== undefined && { p90Ms }),
      ...(p99Ms !== undefined && { p99Ms }),
      sampleSize: lengths.length,
    };
  };
}
