import { z } from 'zod';
import { type FieldFigures, type FieldReading, type UpworkApi, UpworkError } from '../model.ts';
import { field } from '../reading/read-value.ts';
import { deadEnd, type FirstPage, firstPage, isSameList, pageOf } from './proposal-pages.ts';

/** What is sent to Upwork when a person has confirmed a proposal (FACTS §7). */
export interface ProposalToSend {
  /** `user.id` and `user.nid`. */
  readonly userId: string;
  readonly userName: string;
  readonly organizationId: string;
  /** The numeric id. */
  readonly jobExternalId: string;
  /** An hour's rate or the whole bid, a decimal string. */
  readonly amount: string;
  readonly coverLetter: string;
  readonly answers: readonly { readonly question: string; readonly answer: string }[];
  readonly boostConnects?: number;
  readonly milestones: readonly { readonly title: string; readonly amount: string; readonly dueOn?: string }[];
}

/** Upwork's own word for an answer it gave; no answer at all is thrown. */
export type SendOutcome =
  | { readonly outcome: 'submitted'; readonly externalId: string }
  | { readonly outcome: 'refused'; readonly reason: string };

/** What Upwork calls a proposal's status; `Accepted` means submitted (FACTS §6). */
export const upstreamProposalStatuses = [
  'Accepted',
  'Activated',
  'Offered',
  'Hired',
  'Declined',
  'Withdrawn',
  'Archived',
  'Pending',
] as const;

/** A proposal as Upwork lists it. */
export interface UpstreamProposal {
  readonly externalId: string;
  readonly status: string;
  readonly reason?: string;
  readonly coverLetter: string;
  readonly jobExternalId: string;
  readonly jobTitle: string;
  readonly rate?: { readonly amount: string; readonly currency: string };
  readonly viewed: boolean;
  readonly createdAt?: Date;
  readonly modifiedAt?: Date;
}

/** What Upwork lists of the account's proposals, and what of it could not be read. */
export interface ProposalListing {
  /** Each once. */
  readonly proposals: readonly UpstreamProposal[];
  /** Sentences about what could not be read. Empty: everything was read, so that what is not there is not there. */
  readonly unread: readonly string[];
  /** False: reading stopped at what was known, so that what is not there may still be further back. */
  readonly isWhole: boolean;
}

/** The calls about the account's own proposals. All throw UpworkError. */
export interface UpworkProposals {
  /** Sends once; never retried here or below (FACTS §7). */
  send(proposal: ProposalToSend): Promise<SendOutcome>;
  /**
   * Everything Upwork lists, whatever its unreliable status filter gives; of one job where named. Where a second status
   * gives the list of the first, the filter is ignored and the others are not asked for. `isKnown`: a status is read
   * no further than a page of which every entry is known as it is; the newest come first.
   */
  list(options: {
    readonly jobExternalId?: string;
    readonly isKnown?: (proposal: UpstreamProposal) => boolean;
    readonly signal?: AbortSignal;
  }): Promise<ProposalListing>;
}

const submitDocument = `mutation SubmitProposal($input: CreateJobProposalInput!) {
  createJobProposal(input: $input) { newProposalId status error }
}`;
const listDocument = (
  viewed: string,
) => `query MyProposals($filter: VendorProposalFilter!, $sort: VendorProposalSortAttribute!, $page: Pagination!) {
  vendorProposals(filter: $filter, sortAttribute: $sort, pagination: $page) {
    pageInfo { hasNextPage endCursor }
    edges {
      node {
        id ${viewed}
        status { status reason { description } }
        proposalCoverLetter
        marketplaceJobPosting { id content { title } }
        terms { chargeRate { rawValue currency } }
        auditDetails { createdDateTime { rawValue } modifiedDateTime { rawValue } }
      }
    }
  }
}`;

/** Forty work, forty-one do not (FACTS §6); twenty are used by clients. */
const pageSize = 20;

const submitShape = z.object({
  createJobProposal: z
    .object({ newProposalId: z.string().nullish(), status: z.string().nullish(), error: z.string().nullish() })
    .nullish(),
});
const instant = z.object({ rawValue: z.string() }).nullish();
const nodeShape = z.object({
  id: z.string(),
  viewedByClient: z.boolean().nullish(),
  status: z.object({ status: z.string(), reason: z.object({ description: z.string().nullish() }).nullish() }),
  proposalCoverLetter: z.string().nullish(),
  marketplaceJobPosting: z.object({ id: z.string(), content: z.object({ title: z.string() }).nullish() }),
  terms: z.object({ chargeRate: z.object({ rawValue: z.string(), currency: z.string() }).nullish() }).nullish(),
  auditDetails: z.object({ createdDateTime: instant, modifiedDateTime: instant }).nullish(),
});

/** The calls over one authenticated API. `figures` hears how the fields of proposals came. */
export function createUpworkProposals(api: UpworkApi, figures?: FieldFigures): UpworkProposals {
  /** `viewedByClient` was reported in September 2026 only (FACTS §6): left out once the API does not know it. */
  let knowsViewed = true;

  async function page(
    status: string,
    jobExternalId: string | undefined,
    after: string | undefined,
    signal?: AbortSignal,
  ) {
    const variables = {
      filter: { status_eq: status, ...(jobExternalId !== undefined && { jobPostingIds_any: [jobExternalId] }) },
      sort: { field: 'CREATEDDATETIME', sortOrder: 'DESC' },
      page: { first: pageSize, ...(after !== undefined && { after }) },
    };
    const request = () =>
      api.request(
        { name: 'MyProposals', document: listDocument(knowsViewed ? 'viewedByClient' : ''), kind: 'query' },
        variables,
        { purpose: 'PROPOSALS', ...(signal && { signal }) },
      );
    const answer = await request().catch((error: unknown) => {
      const unknownField = error instanceof UpworkError && error.code === 'invalid_query' && knowsViewed;
      if (!unknownField) throw error;
      knowsViewed = false;
      return request();
    });
    return pageOf(answer.data, answer.fieldErrors);
  }

  /** Reads one status to its end, noting what it finds and what it cannot read; answers with its first page's list. */
  async function readStatus(status: string, options: ListOptions, listing: ListingSoFar, first?: FirstPage) {
    const { jobExternalId, isKnown, signal } = options;
    const unread = (what: string) => void listing.unread.add(`${status}: ${what}`);
    let after: string | undefined;
    let begin: FirstPage = { ids: [], isFiltered: true };
    for (let pages = 1; ; pages++) {
      const { edges, hasNextPage, endCursor, problems } = await page(status, jobExternalId, after, signal);
      for (const problem of problems) unread(problem);
      if (!edges) unread('the list itself could not be read.');
      if (!edges) return begin;
      figures?.note(edges.flatMap(readingsOf));
      const entries = edges.flatMap((edge) => nodeShape.safeParse(field(edge, 'node')).data ?? []).map(toProposal);
      for (const entry of entries) listing.found.set(entry.externalId, entry);
      if (entries.length < edges.length) unread('an entry came without what tells which proposal it is.');
      if (pages === 1) begin = firstPage(status, entries);
      if (pages === 1 && first && isSameList(begin, first)) return begin;
      if (hasNextPage === false) return begin;
      if (isKnown && entries.length > 0 && entries.length === edges.length && entries.every(isKnown)) {
        listing.isWhole = false;
        return begin;
      }
      const dead = deadEnd({ hasNextPage, endCursor, after, entries: edges.length, pages });
      if (dead !== undefined) unread(dead);
      if (dead !== undefined) return begin;
      after = endCursor;
    }
  }

  return {
    send: async (proposal) => {
      const { data, fieldErrors } = await api.request(
        { name: 'SubmitProposal', document: submitDocument, kind: 'mutation' },
        { input: inputOf(proposal) },
        { purpose: 'PROPOSALS' },
      );
      const answer = submitShape.safeParse(data).data?.createJobProposal;
      if (answer?.newProposalId && !answer.error) return { outcome: 'submitted', externalId: answer.newProposalId };
      // An id beside an error says both; only reading back tells which holds.
      if (answer?.error && !answer.newProposalId) return { outcome: 'refused', reason: answer.error };
      throw new UpworkError(
        'unexpected_response',
        fieldErrors[0] === undefined
          ? 'Upwork answered a submission in a shape Prospector does not know.'
          : 'Upwork answered a submission with an error that does not say whether it was taken.',
      );
    },
    list: async (options) => {
      const listing: ListingSoFar = { found: new Map(), unread: new Set(), isWhole: true };
      let first: FirstPage | undefined;
      for (const status of upstreamProposalStatuses) {
        const begin = await readStatus(status, options, listing, first);
        // The same list under another status, of entries that do not have it: all of them were listed before.
        if (first && isSameList(begin, first)) break;
        first ??= begin.ids.length > 0 ? begin : undefined;
      }
      const { jobExternalId } = options;
      const proposals = [...listing.found.values()];
      return {
        proposals: proposals.filter((entry) => jobExternalId === undefined || entry.jobExternalId === jobExternalId),
        unread: [...listing.unread],
        isWhole: listing.isWhole,
      };
    },
  };
}

type ListOptions = Parameters<UpworkProposals['list']>[0];

interface ListingSoFar {
  readonly found: Map<string, UpstreamProposal>;
  readonly unread: Set<string>;
  isWhole: boolean;
}

/** How the fields of an entry came. */
function readingsOf(edge: unknown): FieldReading[] {
  const node = field(edge, 'node');
  if (typeof node !== 'object' || node === null) return [{ field: 'proposal', outcome: 'null' }];
  const { success, data } = nodeShape.safeParse(node);
  if (!success) return [{ field: 'proposal', outcome: 'unreadable', value: Object.keys(node).join(' ') }];
  const { status } = data.status;
  const isKnown = upstreamProposalStatuses.some((known) => known.toLowerCase() === status.toLowerCase());
  const created = data.auditDetails?.createdDateTime?.rawValue;
  return [
    { field: 'proposal', outcome: 'read' },
    isKnown
      ? { field: 'proposal.status', outcome: 'read' }
      : { field: 'proposal.status', outcome: 'unknown', value: status },
    created === undefined
      ? { field: 'proposal.createdDateTime', outcome: 'null' }
      : { field: 'proposal.createdDateTime', outcome: epoch(created) ? 'read' : 'unreadable', value: created },
  ];
}

function inputOf(proposal: ProposalToSend): Record<string, unknown> {
  const { answers, boostConnects, milestones } = proposal;
  return {
    selectedContractor: { id: proposal.userId, oDeskUserID: proposal.userName },
    jobReference: proposal.jobExternalId,
    teamOrgId: proposal.organizationId,
    chargedAmount: Number(proposal.amount),
    coverLetter: proposal.coverLetter,
    ...(answers.length > 0 && { questions: answers }),
    ...(boostConnects !== undefined && boostConnects > 0 && { boostBidAmount: boostConnects }),
    ...(milestones.length > 0 && {
      milestones: milestones.map(({ title, amount, dueOn }) => ({
        description: title,
        amount: Number(amount),
        ...(dueOn !== undefined && { dueDate: dueOn }),
      })),
    }),
  };
}

function toProposal(node: z.infer<typeof nodeShape>): UpstreamProposal {
  const rate = node.terms?.chargeRate;
  const reason = node.status.reason?.description;
  const createdAt = epoch(node.auditDetails?.createdDateTime?.rawValue);
  const modifiedAt = epoch(node.auditDetails?.modifiedDateTime?.rawValue);
  return {
    externalId: node.id,
    status: node.status.status,
    coverLetter: node.proposalCoverLetter ?? '',
    jobExternalId: node.marketplaceJobPosting.id,
    jobTitle: node.marketplaceJobPosting.content?.title ?? '',
    viewed: node.viewedByClient === true,
    ...(reason && { reason }),
    ...(rate &&
      /^\d+(?:\.\d+)?$/.test(rate.rawValue) && { rate: { amount: plain(rate.rawValue), currency: rate.currency } }),
    ...(createdAt && { createdAt }),
    ...(modifiedAt && { modifiedAt }),
  };
}

/** Epoch milliseconds as a string (FACTS §6); anything before 2000 or after 2100 is something else. */
function epoch(text: string | undefined): Date | undefined {
  const ms = text !== undefined && /^\d{12,13}$/.test(text) ? Number(text) : Number.NaN;
  return ms > 946_684_800_000 && ms < 4_102_444_800_000 ? new Date(ms) : undefined;
}

/** `"55.0"` → `"55"`, `"12.50"` → `"12.5"`. */
function plain(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
