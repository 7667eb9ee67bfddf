import type { Random } from '../../random.ts';
import { DomainError } from '../failures/model.ts';
import { createConditions } from '../paging/conditions.ts';
import { type Keyed, mapNodes, readPage } from '../paging/read-page.ts';
import { blockersOf } from './drafting/blockers.ts';
import { createDrafts } from './drafting/drafts.ts';
import { createTemplates } from './drafting/templates.ts';
import { invalid } from './drafting/validation.ts';
import type { ProposalFilter, ProposalOrder, ProposalService } from './model.ts';
import { refuseUnknown } from './not-found.ts';
import type { ProposalDeps } from './proposal-deps.ts';
import { type ProposalRow, proposalColumns, toProposal } from './proposal-row.ts';
import { createStats } from './stats.ts';
import { createProposalStore } from './store.ts';
import { createFollowing } from './submitting/following.ts';
import { createSettling } from './submitting/settling.ts';
import { createSubmission, markApplied } from './submitting/submit.ts';
import { mustAllow } from './transitions.ts';

/** What the service needs. `feePercent`: the person's estimate of Upwork's fee, a decimal string. */
export interface CreateProposalsOptions extends Omit<ProposalDeps, 'store' | 'templates' | 'present'> {
  readonly random: Random;
  readonly templatesFolder: string;
  readonly feePercent: () => string;
}

/** The service with its life: `start` takes up what a crash left open, `close` ends all waiting, a few seconds after what is under way. */
export interface RunningProposals extends ProposalService {
  start(): void;
  close(): Promise<void>;
}

/** An answer of Upwork's that is this close is waited for at the end. */
const closingMs = 3_000;

const orderKeys: Readonly<Record<ProposalOrder['field'], string>> = {
  UPDATED_AT: 'updated_at',
  CREATED_AT: 'created_at',
  SUBMITTED_AT: 'coalesce(submitted_at, 0)',
};

/** Proposals from draft to hire. Nothing is sent but what a person has confirmed, and never twice. */
export function createProposals(options: CreateProposalsOptions): RunningProposals {
  const { db, clock, events, log, jobs } = options;
  const store = createProposalStore(options);
  const present = (row: ProposalRow) => toProposal(row, jobs.byId(row.jobId), options.feePercent());
  const deps: ProposalDeps = { ...options, store, present, templates: createTemplates(options.templatesFolder) };
  const following = createFollowing(deps);
  const settling = createSettling(following, clock, log);
  const submission = createSubmission(deps, settling.later);
  const maybe = (row: ProposalRow | undefined) => row && present(row);
  const where = (filter: ProposalFilter | null | undefined) =>
    createConditions()
      .among('status', filter?.statuses)
      .is('job_id', filter?.jobId)
      .within('submitted_at', filter?.submittedAt);
  const known = (id: string) => store.byId(id) ?? refuseUnknown('proposal', id, ['proposalId']);

  return {
    byId: (id) => maybe(store.byId(id)),
    ofJob: (jobId) => {
      const job = jobs.byId(jobId);
      return job && maybe(store.ofJob(job.externalId)[0]);
    },
    list: ({ filter, orderBy, ...page }) => {
      const { text, values } = where(filter);
      const rows = readPage<ProposalRow & Keyed>(db, {
        from: `SELECT ${proposalColumns}, ${orderKeys[orderBy.field]} AS page_key FROM proposals WHERE ${text}`,
        values,
        order: `${orderBy.field} ${orderBy.direction}`,
        isAscending: orderBy.direction === 'ASC',
        page,
      });
      return mapNodes(rows, present);
    },
    count: (filter) => {
      const { text, values } = where(filter);
      return db.sql.prepare(`SELECT count(*) FROM proposals WHERE ${text}`).pluck().get(values) as number;
    },
    history: store.history,
    blockers: (proposal) => blockersOf(proposal, deps),
    stats: createStats(db),
    ...createDrafts(deps),
    submit: submission.submit,
    markSubmitted: ({ proposalId, externalId, submittedAt }) => {
      const row = db.transaction(() => {
        const found = known(proposalId);
        mustAllow('markSubmitted', present(found));
        if (externalId !== undefined && !/^\d{6,25}$/.test(externalId))
          throw new DomainError(
            invalid(
              ['externalId'],
              'id',
              "the number in the address of Upwork's proposal page",
              externalId,
              'This is no id of a proposal.',
            ),
          );
        const other = externalId === undefined ? undefined : store.byExternalId(externalId);
        if (other && other.id !== found.id)
          throw new DomainError({
            type: 'ConflictError',
            code: 'CONFLICT',
            message: `That is proposal ${other.id}.`,
            path: ['input', 'externalId'],
            currentVersion: other.version,
          });
        const at = submittedAt ?? clock.now();
        const change = {
          externalId: externalId ?? found.externalId,
          submittedAt: at.getTime(),
          submissionMode: found.submissionMode ?? ('MANUAL_HANDOFF' as const),
        };
        const marked = store.change(found, 'SUBMITTED', change, { source: 'YOU', at });
        markApplied(marked, deps);
        return marked;
      });
      events.announce();
      return { proposal: present(row), warnings: [] };
    },
    withdraw: ({ proposalId }) => {
      const proposal = present(known(proposalId));
      mustAllow('withdraw', proposal);
      throw new DomainError({
        type: 'CapabilityError',
        code: 'CAPABILITY_UNSUPPORTED',
        message:
          'Upwork offers no way to withdraw a proposal by its API. Withdraw it on the page of the proposal; the next sync notices it.',
        capability: 'WITHDRAW_PROPOSAL',
        ...(proposal.handoffUrl !== undefined && { handoffUrl: proposal.handoffUrl }),
      });
    },
    sync: following.sync,
    purgeAll: store.clear,
    forgetQuestions: store.forgetQuestions,
    templates: deps.templates.names,
    start: () => {
      const open = db.transaction(() => {
        for (const row of store.withStatus(['SUBMITTING']))
          store.change(
            row,
            'OUTCOME_UNKNOWN',
            {},
            { source: 'SYSTEM', note: 'Prospector stopped before the answer came' },
          );
        return store.withStatus(['OUTCOME_UNKNOWN']);
      });
      events.announce();
      for (const { id } of open) settling.later(id);
    },
    close: async () => {
      settling.close();
      const cut = new AbortController();
      const longest = clock.sleep(closingMs, cut.signal).catch(() => undefined);
      // What goes on longer is SUBMITTING in the database, and OUTCOME_UNKNOWN at the next start.
      await Promise.race([submission.idle(), longest]);
      cut.abort();
    },
  };
}
