import { accountOf } from '../oauth/accounts.ts';
import { hash } from '../random.ts';
import type { Settings } from '../settings.ts';
import type { Life } from '../world/life.ts';
import type { Posting } from '../world/posting.ts';
import type { Proposal } from '../world/proposal.ts';
import type { World } from '../world/world.ts';
import { organizationAnswer } from './identity-queries.ts';
import { jobDetail, money } from './job-answers.ts';
import type { Caller } from './job-queries.ts';
import { refusal } from './upwork-error.ts';

interface ListArguments {
  filter: { status_eq: string; jobPostingIds_any?: string[] | null };
  sortAttribute: { field: 'CREATEDDATETIME' | 'MODIFIEDDATETIME'; sortOrder: 'ASC' | 'DESC' };
  pagination: { first: number; after?: string | null };
}

interface SubmitArguments {
  input: {
    selectedContractor: { id: string; oDeskUserID: string };
    jobReference: string;
    chargedAmount: number;
    coverLetter: string;
    questions?: ({ question: string; answer: string } | null)[] | null;
    boostBidAmount?: number | null;
    teamOrgId: string;
    milestones?: ({ amount: number; description: string; dueDate?: string | null } | null)[] | null;
  };
}

/** Forty work, forty-one do not (FACTS §6). */
const pageAtMost = 40;

/** What a proposal to this posting costs. Not shown anywhere in the API. */
export function connectsCost(posting: Posting): number {
  return 6 + (hash(`connects/${posting.id}`) % 6) * 2;
}

/** The queries and the one mutation about the caller's own proposals (FACTS §6, §7). */
export function createProposalQueries(world: World, life: Life, settings: Settings) {
  const own = ({ account }: Caller) => life.list().filter((proposal) => proposal.account === account.key);
  const balance = (caller: Caller) => settings.connects - own(caller).reduce((sum, { connects }) => sum + connects, 0);
  const answer = (proposal: Proposal, { now }: Caller) => proposalAnswer(proposal, world.find(proposal.postingId), now);

  return {
    vendorProposals: ({ filter, sortAttribute, pagination }: ListArguments, caller: Caller) => {
      if (pagination.first < 1 || pagination.first > pageAtMost)
        throw refusal('VJCA-6: Input parameter provided has incorrect value', 'DataFetchingException');
      const offset = Number(pagination.after ?? '0');
      if (!Number.isInteger(offset)) throw refusal('Exception occurred', 'DataFetchingException');
      const key = sortAttribute.field === 'CREATEDDATETIME' ? 'createdAt' : 'modifiedAt';
      const sign = sortAttribute.sortOrder === 'ASC' ? 1 : -1;
      const found = own(caller)
        .filter(({ status }) => settings.proposalFilter === 'ignored' || status === filter.status_eq)
        .filter(({ postingId }) => filter.jobPostingIds_any?.includes(postingId) ?? true)
        .sort((a, b) => sign * (a[key] - b[key]));
      const page = found.slice(offset, offset + pagination.first);
      return {
        // Unreliable on purpose: it counts all of them, whatever was asked for.
        totalCount: own(caller).length,
        edges: page.map((proposal, index) => ({ cursor: String(offset + index + 1), node: answer(proposal, caller) })),
        pageInfo: { endCursor: String(offset + page.length), hasNextPage: offset + page.length < found.length },
        organization: organizationAnswer(caller.organization),
      };
    },
    vendorProposal: ({ id }: { id: string }, caller: Caller) => {
      const proposal = own(caller).find((entry) => entry.id === id);
      if (!proposal) throw refusal('404 Not Found: proposal not found', 'DataFetchingException');
      return answer(proposal, caller);
    },
    connectsSummary: (_args: unknown, caller: Caller) => ({ connectsBalance: balance(caller) }),
    createJobProposal: ({ input }: SubmitArguments, caller: Caller) => {
      const posting = world.find(input.jobReference);
      const refused = settings.refuseProposals ?? refuse(input, posting, caller, own(caller), balance(caller));
      // The codes but for ALREADY_APPLIED and UNEXPECTED_ERROR are guesses, as is the status of a success.
      if (refused !== undefined || !posting) return { newProposalId: null, status: null, error: refused };
      const { id } = life.add({
        account: caller.account.key,
        organizationId: input.teamOrgId,
        postingId: posting.id,
        coverLetter: input.coverLetter,
        answers: (input.questions ?? []).filter((entry) => entry !== null),
        amount: input.chargedAmount,
        currency: posting.currency,
        connects: connectsCost(posting) + (input.boostBidAmount ?? 0),
        milestones: (input.milestones ?? [])
          .filter((entry) => entry !== null)
          .map(({ description, amount, dueDate }) => ({ description, amount, dueDate: dueDate ?? null })),
      });
      return { newProposalId: id, status: 'OK', error: null };
    },
  };
}

function refuse(
  input: SubmitArguments['input'],
  posting: Posting | undefined,
  { account }: Caller,
  own: readonly Proposal[],
  balance: number,
): string | undefined {
  const isCaller =
    input.selectedContractor.id === account.id &&
    input.selectedContractor.oDeskUserID === account.nid &&
    account.organizations.some(({ id }) => id === input.teamOrgId);
  if (!isCaller || !posting) return 'UNEXPECTED_ERROR';
  if (own.some(({ postingId, status }) => postingId === posting.id && status !== 'Withdrawn')) return 'ALREADY_APPLIED';
  if (posting.status === 'CLOSED' || posting.freelancersToHire === 0) return 'JOB_CLOSED';
  if (posting.coverLetterRequired && input.coverLetter.trim() === '') return 'COVER_LETTER_REQUIRED';
  const answered = new Set((input.questions ?? []).map((entry) => entry?.question));
  if (posting.questions.some((question) => !answered.has(question))) return 'ANSWERS_MISSING';
  return balance < connectsCost(posting) + (input.boostBidAmount ?? 0) ? 'INSUFFICIENT_CONNECTS' : undefined;
}

function proposalAnswer(proposal: Proposal, posting: Posting | undefined, now: number): Record<string, unknown> {
  const account = accountOf(proposal.account);
  const organization = account.organizations.find(({ id }) => id === proposal.organizationId);
  const user = { id: account.id, nid: account.nid, rid: account.rid, name: account.name, photoUrl: null };
  // Epoch milliseconds as a string, whatever the type's description says (FACTS §6).
  const instant = (at: number) => ({ rawValue: String(at), displayValue: String(at) });
  return {
    id: proposal.id,
    user,
    organization: organization ? organizationAnswer(organization) : null,
    marketplaceJobPosting: posting ? jobDetail(posting, now) : null,
    terms: {
      chargeRate: money(proposal.amount, proposal.currency),
      estimatedDuration: null,
      upfrontPaymentPercent: null,
    },
    coverLetter: proposal.coverLetter,
    proposalCoverLetter: proposal.coverLetter,
    auditDetails: {
      createdByUser: user,
      modifiedByUser: user,
      createdDateTime: instant(proposal.createdAt),
      modifiedDateTime: instant(proposal.modifiedAt),
    },
    status: {
      status: proposal.status,
      reason:
        proposal.reason === null
          ? null
          : { id: String(hash(proposal.reason)), reason: proposal.reason, description: proposal.reason },
    },
    annotations: [],
    projectPlan: null,
    viewedByClient: proposal.viewed,
    connectsBid: proposal.connects,
    inviteToInterview: proposal.status === 'Activated' ? 1 : 0,
  };
}
