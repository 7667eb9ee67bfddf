import { createHash } from 'node:crypto';
import { DomainError, type Warning } from '../../failures/model.ts';
import type { Job } from '../../jobs/model.ts';
import type { CreateDraftInput, ProposalService, ScreeningAnswer, UpdateDraftInput } from '../model.ts';
import { refuseUnknown } from '../not-found.ts';
import type { ProposalDeps } from '../proposal-deps.ts';
import type { ProposalRow } from '../proposal-row.ts';
import { mustAllow } from '../transitions.ts';
import { applyAnswers, unanswered } from './answers.ts';
import { templateValues } from './templates.ts';
import { applyTerms } from './terms.ts';
import { invalid } from './validation.ts';

const coverLetterAtMost = 5_000;
const operation = 'createProposalDraft';

/** Making, changing and deleting drafts. */
export function createDrafts(deps: ProposalDeps): Pick<ProposalService, 'createDraft' | 'updateDraft' | 'deleteDraft'> {
  const { db, clock, events, store, present } = deps;
  const findKey = db.sql.prepare(
    'SELECT input_hash AS hash, result_id AS id FROM idempotency_keys WHERE operation = ? AND key = ?',
  );
  const keepKey = db.sql.prepare(
    'INSERT INTO idempotency_keys (operation, key, input_hash, result_id, created_at) VALUES (?, ?, ?, ?, ?)',
  );

  const letterOf = (input: CreateDraftInput, job: Job): string => {
    if (input.coverLetter.trim() !== '' || input.template === undefined) return input.coverLetter.toWellFormed();
    return deps.templates.render(
      input.template,
      templateValues(job, deps.connection.status().account?.displayName ?? ''),
    );
  };

  const create = (input: CreateDraftInput): ProposalRow => {
    const job = deps.jobs.byId(input.jobId) ?? refuseUnknown('job', input.jobId, ['jobId']);
    const open = store.openOfJob(job.externalId);
    if (open)
      throw new DomainError({
        type: 'ConflictError',
        code: 'CONFLICT',
        message: `This job has proposal ${open.id} already (${open.status}). Change that one, or delete it first.`,
        path: ['input', 'jobId'],
        currentVersion: open.version,
      });
    const coverLetter = letterOf(input, job);
    const { terms, problems } = applyTerms({ milestones: [] }, input.terms, currencyOf(job));
    const { answers, problems: more } = applyAnswers(unanswered(job.questions), input.answers);
    refuse([...letterProblems(coverLetter), ...problems, ...more]);
    return store.insert(
      {
        externalId: null,
        jobId: job.id,
        jobExternalId: job.externalId,
        status: 'DRAFT',
        submissionMode: null,
        coverLetter,
        terms: JSON.stringify(terms),
        answers: JSON.stringify(answers),
        connects: job.connectsRequired ?? null,
        attemptAt: null,
        refusal: null,
        submittedAt: null,
      },
      { source: 'YOU' },
    );
  };

  return {
    createDraft: async (input) => {
      const { idempotencyKey, ...content } = input;
      const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
      const row = db.transaction(() => {
        if (idempotencyKey === undefined) return create(input);
        const known = findKey.get(operation, idempotencyKey) as { hash: string; id: string } | undefined;
        if (known && known.hash !== hash) throw new DomainError(keyConflict());
        const kept = known && store.byId(known.id);
        if (kept) return kept;
        if (known)
          db.sql.prepare('DELETE FROM idempotency_keys WHERE operation = ? AND key = ?').run(operation, idempotencyKey);
        const made = create(input);
        keepKey.run(operation, idempotencyKey, hash, made.id, clock.now().getTime());
        return made;
      });
      events.announce();
      return { proposal: present(row), warnings: connectsWarnings(deps) };
    },
    updateDraft: (input) => {
      const row = db.transaction(() => {
        const found = store.byId(input.proposalId) ?? refuseUnknown('proposal', input.proposalId, ['proposalId']);
        const proposal = present(found);
        if (input.expectedVersion !== undefined && input.expectedVersion !== found.version)
          throw new DomainError({
            type: 'ConflictError',
            code: 'CONFLICT',
            message: `The proposal is at version ${found.version}, not ${input.expectedVersion}. Read it again, then repeat the change.`,
            path: ['input', 'expectedVersion'],
            currentVersion: found.version,
          });
        mustAllow('edit', proposal);
        return store.change(found, 'DRAFT', changeOf(input, found, deps.jobs.byId(found.jobId)), { source: 'YOU' });
      });
      events.announce();
      return { proposal: present(row), warnings: connectsWarnings(deps) };
    },
    deleteDraft: (id) => {
      db.transaction(() => {
        const found = store.byId(id) ?? refuseUnknown('proposal', id, ['proposalId']);
        mustAllow('remove', present(found));
        store.remove(id);
        return undefined;
      });
      events.announce();
      return id;
    },
  };
}

function changeOf(input: UpdateDraftInput, row: ProposalRow, job: Job | undefined) {
  const { terms, problems } = applyTerms(JSON.parse(row.terms), input.terms, job ? currencyOf(job) : 'USD');
  const { answers, problems: more } = applyAnswers(JSON.parse(row.answers) as ScreeningAnswer[], input.answers);
  const coverLetter = input.coverLetter?.toWellFormed() ?? row.coverLetter;
  refuse([...letterProblems(coverLetter), ...problems, ...more]);
  return {
    coverLetter,
    terms: JSON.stringify(terms),
    answers: JSON.stringify(answers),
    connects: job?.connectsRequired ?? row.connects,
    submissionMode: null,
    refusal: null,
    attemptAt: null,
  };
}

function letterProblems(coverLetter: string) {
  if (coverLetter.length <= coverLetterAtMost) return [];
  return [
    invalid(
      ['coverLetter'],
      'length',
      `at most ${coverLetterAtMost} characters`,
      String(coverLetter.length),
      'The cover letter is too long.',
    ),
  ];
}

function refuse(problems: readonly ReturnType<typeof invalid>[]): void {
  if (problems.length > 0) throw new DomainError(problems);
}

/** What the job pays in. */
function currencyOf(job: Job): string {
  return job.fixedBudget?.currency ?? job.hourlyRate?.min?.currency ?? job.hourlyRate?.max?.currency ?? 'USD';
}

/** The failure of a key that stands for something else. */
export function keyConflict() {
  return {
    type: 'ConflictError',
    code: 'IDEMPOTENCY_CONFLICT',
    message: 'This idempotencyKey was used with another input. Use a new key for a new request.',
    path: ['input', 'idempotencyKey'],
  } as const;
}

/** Warns of a low balance where the person asked for it. */
export function connectsWarnings({ connection, preferences }: ProposalDeps): Warning[] {
  const balance = connection.status().connectsBalance;
  const least = preferences.current().connectsWarning;
  if (balance === undefined || least === undefined || balance >= least) return [];
  return [
    { code: 'CONNECTS_LOW', message: `${balance} Connects are left, fewer than the ${least} you want to be told of.` },
  ];
}
