import { ulid } from 'ulid';
import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import type { Database } from '../database/model.ts';
import type { EventLog } from '../events/model.ts';
import type { ChangeSource, ProposalEvent, ProposalStatus } from './model.ts';
import { type ProposalRow, proposalColumns } from './proposal-row.ts';
import { openStatuses } from './transitions.ts';

/** What of a row may change; absent leaves alone. */
export type RowChange = Partial<
  Pick<
    ProposalRow,
    | 'externalId'
    | 'submissionMode'
    | 'coverLetter'
    | 'terms'
    | 'answers'
    | 'connects'
    | 'attemptAt'
    | 'refusal'
    | 'submittedAt'
  >
>;
/** A step to note: `note` for people; `at` where it happened earlier than now. */
export interface StepNote {
  readonly source: ChangeSource;
  readonly note?: string;
  readonly at?: Date;
}

export interface ProposalStore {
  byId(id: string): ProposalRow | undefined;
  byExternalId(externalId: string): ProposalRow | undefined;
  /** Newest first. */
  ofJob(jobExternalId: string): ProposalRow[];
  openOfJob(jobExternalId: string): ProposalRow | undefined;
  withStatus(statuses: readonly ProposalStatus[]): ProposalRow[];
  history(id: string): ProposalEvent[];
  /** In the caller's transaction: a new row with its first step and event. */
  insert(
    row: Omit<ProposalRow, 'seq' | 'id' | 'createdAt' | 'updatedAt' | 'version'> & { createdAt?: number },
    step: StepNote,
  ): ProposalRow;
  /** In the caller's transaction: changes the row, notes the step where the status changes, and appends the event. */
  change(row: ProposalRow, status: ProposalStatus, change: RowChange, step: StepNote): ProposalRow;
  /** In the caller's transaction: adds a note to the history where the last one does not say the same, with an event. False: it did. */
  remark(row: ProposalRow, step: StepNote): boolean;
  remove(id: string): void;
  /** Empties the text of screening questions whose posting is no longer kept (FACTS §10); returns of how many proposals. */
  forgetQuestions(): number;
  /** In the caller's transaction: deletes all; returns how many. */
  clear(): number;
  connectsSince(at: number): number;
}

/** Rows of proposals with their steps and events, all in the caller's transaction. */
export function createProposalStore({
  db,
  clock,
  random,
  events,
}: {
  readonly db: Database;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Random;
  readonly events: Pick<EventLog, 'append'>;
}): ProposalStore {
  const { sql } = db;
  const one = (where: string) => sql.prepare(`SELECT ${proposalColumns} FROM proposals WHERE ${where}`);
  const selectById = one('id = ?');
  const selectByExternal = one('external_id = ?');
  const selectOfJob = one('job_external_id = ? ORDER BY seq DESC');
  const selectWithStatus = one('status IN (SELECT value FROM json_each(?)) ORDER BY seq');
  const insertRow = sql.prepare(
    `INSERT INTO proposals (id, platform, external_id, job_id, job_external_id, status, submission_mode, cover_letter, terms, answers, connects, attempt_at,
       refusal, created_at, submitted_at, updated_at, version)
     VALUES (@id, 'upwork', @externalId, @jobId, @jobExternalId, @status, @submissionMode, @coverLetter, @terms, @answers, @connects, @attemptAt,
       @refusal, @createdAt, @submittedAt, @updatedAt, 1)`,
  );
  const updateRow = sql.prepare(
    `UPDATE proposals SET external_id = @externalId, status = @status, submission_mode = @submissionMode, cover_letter = @coverLetter, terms = @terms,
       answers = @answers, connects = @connects, attempt_at = @attemptAt, refusal = @refusal, submitted_at = @submittedAt, updated_at = @updatedAt,
       version = version + 1 WHERE id = @id`,
  );
  const deleteRow = sql.prepare('DELETE FROM proposals WHERE id = ?');
  const deleteHistory = sql.prepare('DELETE FROM proposal_history WHERE proposal_id = ?');
  const clearHistory = sql.prepare('DELETE FROM proposal_history');
  const clearRows = sql.prepare('DELETE FROM proposals');
  const insertStep = sql.prepare(
    'INSERT INTO proposal_history (proposal_id, status, occurred_at, source, note) VALUES (?, ?, ?, ?, ?)',
  );
  const forget = sql.prepare(
    `UPDATE proposals SET answers = (
       SELECT json_group_array(json_set(value, '$.question.text', '')) FROM json_each(proposals.answers))
     WHERE seq IN (SELECT seq FROM proposals p WHERE
       NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.id = p.job_id AND jobs.content_purged_at IS NULL)
       AND EXISTS (SELECT 1 FROM json_each(p.answers) WHERE json_extract(value, '$.question.text') <> '')
       LIMIT 500)`,
  );
  const lastNote = sql.prepare(
    'SELECT status, note FROM proposal_history WHERE proposal_id = ? ORDER BY seq DESC LIMIT 1',
  );
  const selectHistory = sql.prepare(
    'SELECT status, occurred_at AS occurredAt, source, note FROM proposal_history WHERE proposal_id = ? ORDER BY seq',
  );
  const sumConnects = sql
    .prepare(
      `SELECT coalesce(sum(coalesce(connects, 0) + coalesce(json_extract(terms, '$.boostConnects'), 0)), 0) FROM proposals
       WHERE coalesce(attempt_at, submitted_at) >= ? AND status NOT IN ('DRAFT', 'FAILED', 'AWAITING_MANUAL_SUBMISSION')`,
    )
    .pluck();

  const byId = (id: string) => selectById.get(id) as ProposalRow | undefined;
  const must = (id: string): ProposalRow => {
    const row = byId(id);
    if (!row) throw new Error(`Proposal ${id} is gone.`);
    return row;
  };
  const note = (id: string, status: ProposalStatus, { source, note: text, at }: StepNote) =>
    insertStep.run(id, status, (at ?? clock.now()).getTime(), source, text ?? null);

  return {
    byId,
    byExternalId: (externalId) => selectByExternal.get(externalId) as ProposalRow | undefined,
    ofJob: (jobExternalId) => selectOfJob.all(jobExternalId) as ProposalRow[],
    openOfJob: (jobExternalId) =>
      (selectOfJob.all(jobExternalId) as ProposalRow[]).find(({ status }) => openStatuses.includes(status)),
    withStatus: (statuses) => selectWithStatus.all(JSON.stringify(statuses)) as ProposalRow[],
    history: (id) =>
      (
        selectHistory.all(id) as {
          status: ProposalStatus;
          occurredAt: number;
          source: ChangeSource;
          note: string | null;
        }[]
      ).map(({ occurredAt, note: text, ...step }) => ({
        ...step,
        occurredAt: new Date(occurredAt),
        ...(text !== null && { note: text }),
      })),
    insert: (row, step) => {
      const now = clock.now().getTime();
      const id = `proposal_${ulid(now, () => random.fraction())}`;
      insertRow.run({ createdAt: now, ...row, id, updatedAt: now });
      note(id, row.status, step);
      events.append({ type: 'PROPOSAL_UPDATED', subjectId: id, status: row.status });
      return must(id);
    },
    change: (row, status, change, step) => {
      updateRow.run({ ...row, ...change, status, updatedAt: clock.now().getTime() });
      if (status !== row.status) note(row.id, status, step);
      events.append({ type: 'PROPOSAL_UPDATED', subjectId: row.id, previous: row.status, status });
      return must(row.id);
    },
    remark: (row, step) => {
      const last = lastNote.get(row.id) as { status: string; note: string | null } | undefined;
      if (last?.status === row.status && last.note === (step.note ?? null)) return false;
      note(row.id, row.status, step);
      events.append({ type: 'PROPOSAL_UPDATED', subjectId: row.id, previous: row.status, status: row.status });
      return true;
    },
    remove: (id) => {
      deleteHistory.run(id);
      deleteRow.run(id);
      events.append({ type: 'NODE_CHANGED', subjectId: id, change: 'DELETED', changed: [] });
    },
    forgetQuestions: () => forget.run().changes,
    clear: () => {
      clearHistory.run();
      return clearRows.run().changes;
    },
    connectsSince: (at) => sumConnects.get(at) as number,
  };
}
