import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Database } from '../database/model.ts';
import type { Mark, Marks } from './marks.ts';
import type { AuditTrail } from './model.ts';

/** A start has other work to do first. */
const firstMs = 60_000;
const dayMs = 24 * 60 * 60_000;

/** How long entries are kept: a year, and what a year's accounts need beyond it. */
export const auditKeptMs = 400 * dayMs;

/** What looking after the trail needs. */
export interface TrimDeps {
  readonly db: Database;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly log: Log;
  readonly marks: Marks;
  readonly verify: AuditTrail['verify'];
}

/**
 * Seals the trail's end and trims what is older than 400 days, leaving a signed checkpoint in its place so that the rest stays verifiable. A trail
 * that is broken, or cannot be checked, is neither sealed nor trimmed: that would hide what happened.
 *
 * @returns how many entries were trimmed. @throws SecretStoreError when the key of the signature cannot be had
 */
export async function sealAndTrim({ db, clock, log, marks, verify }: TrimDeps): Promise<number> {
  const { broken, unchecked } = await verify();
  if (broken) {
    log.error(
      { entry: broken.seq, problem: broken.problem },
      'The audit trail is not what was written; nothing of it is trimmed',
    );
    return 0;
  }
  if (unchecked !== undefined) {
    log.warn({ problems: [unchecked] }, 'The audit trail could not be checked whole; it is neither sealed nor trimmed');
    return 0;
  }
  const write = await marks.writer();
  return db.transaction(() => {
    const last = place(db, 'SELECT seq, hash FROM audit_entries ORDER BY seq DESC LIMIT 1');
    if (!last) return 0;
    write('seal', last);
    const old = place(
      db,
      'SELECT seq, hash FROM audit_entries WHERE occurred_at < ? AND seq < ? ORDER BY seq DESC LIMIT 1',
      clock.now().getTime() - auditKeptMs,
      last.seq,
    );
    if (!old) return 0;
    write('start', old);
    return db.sql.prepare('DELETE FROM audit_entries WHERE seq <= ?').run(old.seq).changes;
  });
}

/** Seals and trims a minute after the start and then once a day. A failure is logged and tried again a day later. Returns how to stop. */
export function startSealing(deps: TrimDeps): () => void {
  let cancel = () => {};
  const round = () => {
    sealAndTrim(deps).catch((error) =>
      deps.log.warn({ err: error }, 'The audit trail could not be sealed; it is tried again tomorrow'),
    );
    cancel = deps.clock.after(dayMs, round);
  };
  cancel = deps.clock.after(firstMs, round);
  return () => cancel();
}

function place(db: Database, query: string, ...values: number[]): Mark | undefined {
  return db.sql.prepare(query).get(...values) as Mark | undefined;
}
