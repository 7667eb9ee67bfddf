import { createHash } from 'node:crypto';
import { DomainError, type UserFailure } from '../../failures/model.ts';
import type { SendOutcome } from '../../upwork/calls/proposal-calls.ts';
import { UpworkError, type UpworkErrorCode, type UpworkIdentity } from '../../upwork/model.ts';
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
/** Upwork, or this side, refused before anything was carried out: nothing was spent. Every other failure leaves it open (FACTS §7). */
const surelyNotSent: readonly UpworkErrorCode[] = [
  'not_connected',
  'auth_expired',
  'secret_store',
  'credentials_invalid',
  'unauthorized',
  'restricted',
  'rate_limited',
  'budget_spent',
  'invalid_query',
  'bad_parameter',
];
/** The key may not submit: a person goes on by hand. */
const notAllowed: readonly UpworkErrorCode[] = ['missing_scopes', 'authorization_failed'];

/** Sending what a person has confirmed: one attempt, written down before it is made. `settleLater` is called when its outcome is not known. */
export function createSubmission(
  deps: ProposalDeps,
  settleLater: (proposalId: string) => void,
): ProposalService['submit'] {
  const { db, clock, events, store, present } = deps;
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

  const conclude = (
    row: ProposalRow,
    key: string,
    outcome: SendOutcome | UpworkError,
  ): { row: ProposalRow; failure?: UserFailure } => {
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

  const failed = (row: ProposalRow, key: string, error: UpworkError): { row: ProposalRow; failure?: UserFailure } => {
    if (notAllowed.includes(error.code)) return { row: handOver(row, 'The key may not submit proposals') };
    if (surelyNotSent.includes(error.code)) {
      dropKey.run(operation, key);
      const back = store.change(
        row,
        'DRAFT',
        { attemptAt: null, submissionMode: null },
        { source: 'SYSTEM', note: 'Not sent' },
      );
      return { row: back, failure: upstreamFailure(error) };
    }
    const note = 'No answer came. It is settled by reading back, never by sending again.';
    return { row: store.change(row, 'OUTCOME_UNKNOWN', {}, { source: 'API', note }) };
  };

  const inTransaction = <Result>(work: () => Result extends Promise<unknown> ? never : Result): Result => {
    const result = db.transaction(work);
    events.announce();
    return result;
  };

  return async (input) => {
    const known = replayed(input);
    if (known) return outcomeOf(known, deps);
    if (!mayUseApi(deps)) {
      const row = inTransaction(
        () => replayed(input) ?? handOver(confirmed(input), 'The key may not submit proposals'),
      );
      return { proposal: present(row), warnings: connectsWarnings(deps) };
    }
    confirmed(input);
    const identity = await deps.identity().catch((error: unknown) => {
      throw error instanceof UpworkError ? new DomainError(upstreamFailure(error)) : error;
    });
    const begun = inTransaction((): { row: ProposalRow; mine: boolean } => {
      const other = replayed(input);
      return other ? { row: other, mine: false } : { row: begin(input), mine: true };
    });
    if (!begun.mine) return outcomeOf(begun.row, deps);
    const outcome = await deps.upwork.send(toSend(present(begun.row), begun.row, identity)).catch(asUpworkError);
    const { row, failure } = inTransaction(() => conclude(begun.row, input.idempotencyKey, outcome));
    if (row.status === 'OUTCOME_UNKNOWN') settleLater(row.id);
    if (failure) throw new DomainError(failure);
    return { proposal: present(row), warnings: connectsWarnings(deps) };
  };
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
