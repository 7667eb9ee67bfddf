import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../database/model.ts';
import { type AuditRow, auditColumns, chainedHash, noHash } from './chain.ts';
import type { FoundMark, Mark, Marks } from './marks.ts';
import type { AuditBreak, AuditVerdict } from './model.ts';

/** Entries that are checked before others get their turn. */
const stretch = 500;

/**
 * Reads the whole trail of one moment and compares: numbers without a gap, each hash with the entry and the hash before it, the end with the
 * highest number ever given, and the signed marks with what stands in their places.
 */
export function createVerify(db: Database, marks: Pick<Marks, 'find'>): () => Promise<AuditVerdict> {
  const after = db.sql.prepare(
    `SELECT ${auditColumns} FROM audit_entries WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ${stretch}`,
  );
  const highest = db.sql.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'audit_entries'").pluck();
  const last = db.sql.prepare('SELECT max(seq) FROM audit_entries').pluck();

  return async () => {
    const [start, seal] = [await marks.find('start'), await marks.find('seal')];
    const given = (highest.get() as number | undefined) ?? 0;
    const end = Math.max(given, (last.get() as number | null) ?? 0);
    const unchecked = [start, seal].flatMap((mark) => (mark.kind === 'unchecked' ? [mark.why] : []))[0];
    const result = (entries: number, broken?: AuditBreak): AuditVerdict => ({
      entries,
      ...(broken && { broken }),
      ...(unchecked !== undefined && {
        unchecked: `The signature of the trail's checkpoint could not be checked. ${unchecked}`,
      }),
    });
    if (start.kind === 'forged')
      return result(0, { seq: 0, problem: 'The checkpoint that the trail begins at was not signed by Prospector.' });
    if (seal.kind === 'forged')
      return result(0, { seq: 0, problem: "The seal of the trail's end was not signed by Prospector." });

    const sealed = markOf(seal);
    let before: Mark = markOf(start) ?? { seq: 0, hash: noHash };
    let entries = 0;
    while (before.seq < end) {
      const rows = after.all(before.seq, end) as AuditRow[];
      for (const row of rows) {
        const broken = breakOf(row, before, sealed);
        if (broken) return result(entries, broken);
        before = row;
        entries += 1;
      }
      if (rows.length === 0) break;
      await nextTurn();
    }
    const expected = Math.max(end, sealed?.seq ?? 0);
    if (before.seq < expected)
      return result(entries, { seq: before.seq + 1, problem: missing(before.seq + 1, expected, 'at the end') });
    return result(entries);
  };
}

/** What is wrong with an entry, given what stands before it; undefined where nothing is. */
function breakOf(row: AuditRow, before: Mark, sealed: Mark | undefined): AuditBreak | undefined {
  const { seq, id } = row;
  if (seq !== before.seq + 1) return { seq: before.seq + 1, id, problem: missing(before.seq + 1, seq - 1, 'here') };
  if (row.hash !== chainedHash(row, before.hash))
    return { seq, id, problem: 'This entry is not what was written, or not what followed the entry before it.' };
  if (sealed?.seq === seq && sealed.hash !== row.hash)
    return { seq, id, problem: 'The trail up to this entry was written anew after it had been sealed.' };
  return undefined;
}

function missing(from: number, to: number, where: string): string {
  return from === to
    ? `The entry with the number ${from} is missing ${where}.`
    : `The entries with the numbers ${from} to ${to} are missing ${where}.`;
}

function markOf(found: FoundMark): Mark | undefined {
  return found.kind === 'good' || found.kind === 'unchecked' ? found.mark : undefined;
}
