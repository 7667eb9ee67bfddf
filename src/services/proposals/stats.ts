import type { Database } from '../database/model.ts';
import type { InstantRange } from '../jobs/model.ts';
import { createConditions } from '../paging/conditions.ts';
import { type ProposalStats, type ProposalStatus, proposalStatuses } from './model.ts';

interface Reached {
  readonly submittedAt: number;
  readonly viewed: number;
  readonly respondedAt: number | null;
  readonly hired: number;
  readonly connects: number;
}

/** Counts what submitted proposals have come to, by the steps they ever reached, not by where they stand. */
export function createStats(db: Database): (period?: InstantRange) => ProposalStats {
  return (period) => {
    const conditions = createConditions().within('submitted_at', period);
    const reached = db.sql
      .prepare(
        `SELECT submitted_at AS submittedAt,
           EXISTS (SELECT 1 FROM proposal_history h WHERE h.proposal_id = p.id AND h.status IN ('VIEWED', 'INTERVIEWING', 'OFFERED', 'HIRED')) AS viewed,
           (SELECT min(occurred_at) FROM proposal_history h WHERE h.proposal_id = p.id AND h.status IN ('INTERVIEWING', 'OFFERED', 'HIRED')) AS respondedAt,
           EXISTS (SELECT 1 FROM proposal_history h WHERE h.proposal_id = p.id AND h.status = 'HIRED') AS hired,
           coalesce(connects, 0) + coalesce(json_extract(terms, '$.boostConnects'), 0) AS connects
         FROM proposals p WHERE submitted_at IS NOT NULL AND ${conditions.text}`,
      )
      .all(conditions.values) as Reached[];
    const byStatus = db.sql
      .prepare(
        `SELECT status, count(*) AS count FROM proposals WHERE ${period ? `submitted_at IS NOT NULL AND ${conditions.text}` : '1'} GROUP BY status`,
      )
      .all(period ? conditions.values : {}) as { status: ProposalStatus; count: number }[];
    const count = (test: (entry: Reached) => boolean) => reached.filter(test).length;
    const interviewed = count(({ respondedAt }) => respondedAt !== null);
    const hired = count((entry) => entry.hired === 1);
    const median = medianOf(
      reached.flatMap(({ respondedAt, submittedAt }) =>
        respondedAt === null ? [] : [Math.max(0, respondedAt - submittedAt)],
      ),
    );
    return {
      submitted: reached.length,
      viewed: count((entry) => entry.viewed === 1),
      interviewed,
      hired,
      ...(reached.length > 0 && {
        responseRate: share(interviewed, reached.length),
        hireRate: share(hired, reached.length),
      }),
      connectsSpent: reached.reduce((sum, { connects }) => sum + connects, 0),
      ...(median !== undefined && { medianTimeToResponseMs: median }),
      byStatus: proposalStatuses.flatMap((status) => byStatus.filter((entry) => entry.status === status)),
    };
  };
}

/** A share as a decimal string with at most four digits. */
function share(part: number, whole: number): string {
  return String(Math.round((part / whole) * 10_000) / 10_000);
}

function medianOf(values: number[]): number | undefined {
  const sorted = values.sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return low === undefined || high === undefined ? undefined : Math.round((low + high) / 2);
}
