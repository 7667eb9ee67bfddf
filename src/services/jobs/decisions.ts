import { isDeepStrictEqual } from 'node:util';
import type { Database } from '../database/model.ts';
import type { EventLog } from '../events/model.ts';
import { DomainError, type UserFailure } from '../failures/model.ts';
import { tidyText } from './intake/tidy.ts';
import { type Job, type JobService, jobTriages } from './model.ts';
import { invalid, throwIfAny } from './refuse.ts';

const longestNotes = 10_000;
const mostTags = 50;
const longestTag = 50;
const mostJobs = 500;

/**
 * What the person decides about jobs. Each change is a `JOB_UPDATED` of the same transaction; what changes nothing is
 * none.
 */
export function createDecisions(
  db: Database,
  now: () => Date,
  events: Pick<EventLog, 'append' | 'announce'> | undefined,
  byId: (id: string) => Job | undefined,
): Pick<JobService, 'update' | 'triage'> {
  const write = db.sql.prepare(
    'UPDATE jobs SET triage = @triage, notes = @notes, tags = @tags, updated_at = @now WHERE seq = @seq',
  );
  const setTriage = db.sql.prepare('UPDATE jobs SET triage = ?, updated_at = ? WHERE id = ? AND triage <> ?');

  const tell = (subjectId: string, changed: readonly string[]) => {
    if (changed.length > 0) events?.append({ type: 'JOB_UPDATED', subjectId, changed });
  };
  const announced = <Result>(work: () => Result extends Promise<unknown> ? never : Result): Result => {
    const result = db.transaction<Result>(work);
    events?.announce();
    return result;
  };

  const update: JobService['update'] = (input) =>
    announced((): Job => {
      throwIfAny(problemsOf(input));
      const job = byId(input.jobId);
      if (!job) throw new DomainError(notFound(input.jobId));
      const { triage = job.triage, notes = job.notes ?? null, tags = job.tags } = input;
      write.run({
        seq: job.seq,
        triage: triage ?? 'NEW',
        notes: notes === null ? null : tidyText(notes, longestNotes) || null,
        tags: JSON.stringify(tidyTags(tags ?? [])),
        now: now().getTime(),
      });
      const after = byId(input.jobId) as Job;
      const names = ['triage', 'notes', 'tags'] as const;
      tell(
        input.jobId,
        names.filter((name) => !isDeepStrictEqual(job[name], after[name])),
      );
      return after;
    });

  return {
    update,
    triage: (jobIds, triage) =>
      announced((): ReturnType<JobService['triage']> => {
        throwIfAny([...triageProblems(triage), ...tooMany('jobIds', jobIds.length, mostJobs)]);
        const ids = [...new Set(jobIds)];
        for (const id of ids) if (setTriage.run(triage, now().getTime(), id, triage).changes > 0) tell(id, ['triage']);
        const found = ids.map((id) => byId(id));
        return {
          jobs: found.filter((job) => job !== undefined),
          missing: ids.filter((_id, index) => found[index] === undefined),
        };
      }),
  };
}

function problemsOf({ triage, notes, tags }: Parameters<JobService['update']>[0]): UserFailure[] {
  const problems = triage ? triageProblems(triage) : [];
  if (notes && notes.length > longestNotes) {
    const message = `The notes have ${notes.length} characters, at most ${longestNotes} are kept. Shorten them.`;
    problems.push(invalid(['input', 'notes'], 'maxLength', message, { expected: `at most ${longestNotes}` }));
  }
  problems.push(...tooMany('tags', tags?.length ?? 0, mostTags));
  for (const [index, tag] of (tags ?? []).slice(0, mostTags).entries()) {
    const length = tag.trim().length;
    if (length >= 1 && length <= longestTag) continue;
    const message =
      length === 0
        ? 'A tag is empty. Leave it out.'
        : `A tag has ${length} characters. At most ${longestTag} are allowed.`;
    problems.push(
      invalid(['input', 'tags', String(index)], 'length', message, { expected: `1 to ${longestTag} characters` }),
    );
  }
  return problems;
}

function triageProblems(triage: string): UserFailure[] {
  if ((jobTriages as readonly string[]).includes(triage)) return [];
  const message = `There is no triage ${triage}. It is one of ${jobTriages.join(', ')}.`;
  return [invalid(['input', 'triage'], 'enum', message, { expected: jobTriages.join(', '), received: triage })];
}

function tooMany(name: string, count: number, most: number): UserFailure[] {
  if (count <= most) return [];
  const message = `\`${name}\` has ${count} entries, at most ${most} are allowed. Send fewer.`;
  return [invalid(['input', name], 'maxItems', message, { expected: `at most ${most}`, received: `${count}` })];
}

function notFound(jobId: string): UserFailure {
  const message = 'There is no job with this id. Use the `id` of a job that `jobs` or `jobByExternalId` gave.';
  return { type: 'NotFoundError', code: 'NOT_FOUND', message, path: ['input', 'jobId'], nodeId: jobId };
}

function tidyTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tidyText(tag, longestTag)).filter((tag) => tag !== ''))];
}
