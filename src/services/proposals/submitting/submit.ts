import { createHash } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import { DomainError, type UserFailure } from '../../failures/model.ts';
import type { SendOutcome } from '../../upwork/calls/proposal-calls.ts';
import { UpworkError, type UpworkIdentity, unsent } from '../../upwork/model.ts';
import { blockersOf } from '../drafting/blockers.ts';
import { connectsWarnings, keyConflict } from '../drafting/drafts.ts';
import type { Proposal, ProposalChange, ProposalService } from '../model.ts';
import { refuseUnknown } from '../not-found.ts';
import type { ProposalDeps } from '../proposal-deps.ts';
import type { ProposalRow } from '../proposal-row.ts';
import { refusalFailure } from '../refusal.ts';
import { mustAllow } from '../transitions.ts';
import { upstreamFailure } from './upstream-failure.ts';

const operation = 'submitProposal';
/** How long the caller waits for Upwork; after that the answer is that it is under way, and the rest follows as events. */
const patienceMs = 5_000;

/** Submitting, with the attempts that are under way. */
export interface Submission {
  readonly submit: ProposalService['submit'];
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/**
 * Sending what a person has confirmed: one attempt, written down before it is made. Who confirmed is answered after five seconds at the latest, with
 * the proposal SUBMITTING where Upwork has not answered yet. `settleLater` is called when the outcome is not known.
 */
export function createSubmission(deps: ProposalDeps, settleLater: (proposalId: string) => void): Submission {
  const { db, clock, log, events, store, present } = deps;
  const findKey = db.sql.prepare(
    'SELECT input_hash AS hash, result_id AS id FROM idempotency_keys WHERE operation = ? AND key = ?',
  );
  const keepKey = db.sql.prepare(
    'INSERT INTO idempotency_keys (operation, key, input_hash, result_id, created_at) VALUES (?, ?, ?, ?, ?)',
  );
  const dropKey = db.sql.prepare('DELETE FROM idempotency_keys WHERE operation = ? AND key = ?');
  type Input = Parameters<ProposalService['submit']>[0];

  const replayed = ({ proposalId, contentHash, idempotencyKey }: Input): ProposalRow | undefined => {
    const known = findKey.get(operation, idempotencyKey) as { hash: string; id: string } | undefined;
    if (!known) return undefined;
    if (known.hash !== inputHash(proposalId, contentHash)) throw new DomainError(keyConflict());
    return store.byId(known.id) ?? refuseUnknown('proposal', known.id, ['proposalId']);
  };

  /** The row, if it is what the person has read and nothing stops it. */
  const confirmed = ({ proposalId, contentHash }: Input): ProposalRow => {
    const row = store.byId(proposalId) ?? refuseUnknown('proposal', proposalId, ['proposalId']);
    const proposal = present(row);
    mustAllow('submit', proposal);
    if (proposal.contentHash !== contentHash)
      throw new DomainError({
        type: 'ConflictError',
        code: 'CONFLICT',
        message:
          'The proposal is not what you confirmed: text, terms, answers or Connects have changed since. Read it again, then confirm.',
        path: ['input', 'contentHash'],
        currentVersion: row.version,
      });
    const blockers = blockersOf(proposal, deps);
    if (blockers.length > 0) throw new DomainError(blockers);
    return row;
  };

  const handOver = (row: ProposalRow, note: string) =>
    store.change(row, 'AWAITING_MANUAL_SUBMISSION', { submissionMode: 'MANUAL_HANDOFF' }, { source: 'SYSTEM', note });

  /** Under one lock: nobody else sends it, the confirmation still holds, and the attempt is on record before it is made. */
  const begin = (input: Input): ProposalRow => {
    const row = confirmed(input);
    keepKey.run(
      operation,
      input.idempotencyKey,
      inputHash(input.proposalId, input.contentHash),
      row.id,
      clock.now().getTime(),
    );
    return store.change(
      row,
      'SUBMITTING',
      { submissionMode: 'API', attemptAt: clock.now().getTime(), refusal: null },
      { source: 'YOU', note: 'Confirmed' },
    );
  };

  const conclude = (row: ProposalRow, key: string, outcome: SendOutcome | UpworkError): Concluded => {
    const current = store.byId(row.id);
    // A reading-back in between may have found it already; another process that started meanwhile may have called it unknown.
    if (current?.status !== 'SUBMITTING' && current?.status !== 'OUTCOME_UNKNOWN') return { row: current ?? row };
    if (outcome instanceof UpworkError) return failed(current, key, outcome);
    if (outcome.outcome === 'refused') {
      const change = { refusal: outcome.reason };
      const refused = store.change(current, 'FAILED', change, {
        source: 'API',
        note: `Refused: ${outcome.reason.slice(0, 200)}`,
      });
      return { row: refused, failure: refusalFailure(outcome.reason, present(refused).handoffUrl) };
    }
    const submittedAt = clock.now().getTime();
    const submitted = store.change(
      current,
      'SUBMITTED',
      { externalId: outcome.externalId, submittedAt },
      { source: 'API' },
    );
    markApplied(submitted, deps);
    return { row: submitted };
  };

  const failed = (row: ProposalRow, key: string, error: UpworkError): Concluded => {
    // Whatever its words say: only what cannot have been carried out was not sent (FACTS §7).
    if (!error.isUnsent) {
      const note = 'No answer that says what became of it. It is settled by reading back, never by sending again.';
      return { row: store.change(row, 'OUTCOME_UNKNOWN', {}, { source: 'API', note }) };
    }
    if (error.code === 'missing_scopes') return { row: handOver(row, 'The key may not submit proposals') };
    dropKey.run(operation, key);
    const back = store.change(
      row,
      'DRAFT',
      { attemptAt: null, submissionMode: null },
      { source: 'SYSTEM', note: 'Not sent' },
    );
    return { row: back, failure: upstreamFailure(error) };
  };

  const inTransaction = <Result>(work: () => Result extends Promise<unknown> ? never : Result): Result => {
    const result = db.transaction(work);
    events.announce();
    return result;
  };

  const send = async (row: ProposalRow): Promise<SendOutcome | UpworkError> => {
    const identity = await deps.identity().catch((error: unknown) => {
      throw unsent(error);
    });
    return deps.upwork.send(toSend(present(row), row, identity));
  };

  const underWay = new Set<Promise<unknown>>();
  /** From the attempt that is on record to its end, whoever still waits for it. */
  const carryOut = (begun: ProposalRow, key: string) => {
    const ended = send(begun)
      .catch(asUpworkError)
      .then((outcome) => {
        const concluded = inTransaction(() => conclude(begun, key, outcome));
        if (concluded.row.status === 'OUTCOME_UNKNOWN') settleLater(concluded.row.id);
        return concluded;
      });
    const watched = ended
      .catch((error: unknown) =>
        log.error({ err: error, id: begun.id }, 'The end of a submission could not be written'),
      )
      .finally(() => underWay.delete(watched));
    underWay.add(watched);
    return ended;
  };

  const submit: ProposalService['submit'] = async (input) => {
    const known = replayed(input);
    if (known) return outcomeOf(known, deps);
    if (!mayUseApi(deps)) {
      const row = inTransaction(
        () => replayed(input) ?? handOver(confirmed(input), 'The key may not submit proposals'),
      );
      return { proposal: present(row), warnings: connectsWarnings(deps) };
    }
    const begun = inTransaction((): { row: ProposalRow; mine: boolean } => {
      const other = replayed(input);
      return other ? { row: other, mine: false } : { row: begin(input), mine: true };
    });
    if (!begun.mine) return outcomeOf(begun.row, deps);
    const { row, failure } = await withPatience(carryOut(begun.row, input.idempotencyKey), clock, () => ({
      row: store.byId(begun.row.id) ?? begun.row,
    }));
    if (failure) throw new DomainError(failure);
    return { proposal: present(row), warnings: connectsWarnings(deps) };
  };

  return { submit, idle: async () => void (await Promise.all(underWay)) };
}

interface Concluded {
  readonly row: ProposalRow;
  readonly failure?: UserFailure;
}

/** The end where it comes in time, else how it stands then. */
function withPatience(
  ended: Promise<Concluded>,
  clock: Pick<Clock, 'after'>,
  standing: () => Concluded,
): Promise<Concluded> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(patienceMs, () => resolve(standing()));
    ended.then(resolve, reject).finally(cancel);
  });
}

/** What an earlier request with the same key has come to. */
function outcomeOf(row: ProposalRow, deps: ProposalDeps): ProposalChange {
  const proposal = deps.present(row);
  if (row.status === 'FAILED' && row.refusal !== null)
    throw new DomainError(refusalFailure(row.refusal, proposal.handoffUrl));
  return { proposal, warnings: [] };
}

function mayUseApi({ connection }: ProposalDeps): boolean {
  const capability = connection.status().capabilities.find((entry) => entry.capability === 'SUBMIT_PROPOSAL');
  return capability?.availability !== 'MISSING_SCOPE' && capability?.availability !== 'NOT_OFFERED_BY_PLATFORM';
}

/** A submitted proposal makes its job an applied one. */
export function markApplied(row: ProposalRow, { jobs }: ProposalDeps): void {
  const job = jobs.byId(row.jobId);
  if (job && job.triage !== 'APPLIED') jobs.update({ jobId: job.id, triage: 'APPLIED' });
}

function toSend(proposal: Proposal, row: ProposalRow, identity: UpworkIdentity) {
  const { terms, answers, coverLetter } = proposal;
  return {
    userId: identity.userId,
    userName: identity.userName,
    organizationId: identity.organizationId,
    jobExternalId: row.jobExternalId,
    amount: terms.rate?.amount ?? '0',
    coverLetter,
    answers: answers.map(({ question, answer }) => ({ question: question.text, answer })),
    milestones: terms.milestones.map(({ title, amount, dueOn }) => ({
      title,
      amount: amount.amount,
      ...(dueOn !== undefined && { dueOn }),
    })),
    ...(terms.boostConnects !== undefined && { boostConnects: terms.boostConnects }),
  };
}

function asUpworkError(error: unknown): UpworkError {
  // Whatever went wrong after the attempt began, the request may be on its way.
  return error instanceof UpworkError
    ? error
    : new UpworkError('network', 'The submission was interrupted.', { cause: error });
}

function inputHash(proposalId: string, contentHash: string): string {
  return createHash('sha256').update(`${proposalId}\n${contentHash}`).digest('hex');
}
