import type { Database } from '../database/model.ts';
import { DomainError, type UserFailure } from '../failures/model.ts';
import { tidyText } from './intake/tidy.ts';
import { type Job, type JobService, jobTriages } from './model.ts';
import { invalid, throwIfAny } from './refuse.ts';

const longestNotes = 10_000;
const mostTags = 50;
const longestTag = 50;
const mostJobs = 500;

/** What the person decides about jobs. */
export function createDecisions(
  db: Database,
  now: () => Date,
  byId: (id: string) => Job | undefined,
): Pick<JobService, 'update' | 'triage'> {
  const write = db.sql.prepare(
    'UPDATE jobs SET triage = @triage, notes = @notes, tags = @tags, updated_at = @now WHERE seq = @seq',
  );
  const setTriage = db.sql.prepare('UPDATE jobs SET triage = ?, updated_at = ? WHERE id = ? AND triage <> ?');

  const update: JobService['update'] = (input) =>
    db.transaction(() => {
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
      return byId(input.jobId) as Job;
    });

  return {
    update,
    triage: (jobIds, triage) =>
      db.transaction(() => {
        throwIfAny([...triageProblems(triage), ...tooMany('jobIds', jobIds.length, mostJobs)]);
        const ids = [...new Set(jobIds)];
        for (const id of ids) setTriage.run(triage, now().getTime(), id, triage);
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
