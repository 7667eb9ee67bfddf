import { z } from 'zod';
import { type UpworkApi, UpworkError } from '../model.ts';

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

/** The calls about the account's own proposals. All throw UpworkError. */
export interface UpworkProposals {
  /** Sends once; never retried here or below (FACTS §7). */
  send(proposal: ProposalToSend): Promise<SendOutcome>;
  /** Everything Upwork lists, each once, whatever its unreliable status filter gives; of one job where named. */
  list(options: { jobExternalId?: string; signal?: AbortSignal }): Promise<readonly UpstreamProposal[]>;
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
/** A status with more pages than this is read to here; newest first, so what is left out is old. */
const pagesAtMost = 50;

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
const listShape = z.object({
  vendorProposals: z.object({
    pageInfo: z.object({ hasNextPage: z.boolean().nullish(), endCursor: z.string().nullish() }).nullish(),
    edges: z.array(z.object({ node: z.unknown() }).nullish()).nullish(),
  }),
});

/** The calls over one authenticated API. */
export function createUpworkProposals(api: UpworkApi): UpworkProposals {
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
    const parsed = listShape.safeParse(answer.data);
    if (!parsed.success)
      throw new UpworkError('unexpected_response', 'Upwork listed proposals in a shape Prospector does not know.');
    return parsed.data.vendorProposals;
  }

  async function* pagesOf(status: string, jobExternalId: string | undefined, signal?: AbortSignal) {
    let after: string | undefined;
    for (let count = 0; count < pagesAtMost; count++) {
      const { edges, pageInfo } = await page(status, jobExternalId, after, signal);
      yield edges ?? [];
      const next = pageInfo?.endCursor ?? undefined;
      if (!pageInfo?.hasNextPage || next === undefined || next === after || (edges ?? []).length === 0) return;
      after = next;
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
      if (answer?.error) return { outcome: 'refused', reason: answer.error };
      throw new UpworkError(
        'unexpected_response',
        fieldErrors[0] === undefined
          ? 'Upwork answered a submission in a shape Prospector does not know.'
          : 'Upwork answered a submission with an error that does not say whether it was taken.',
      );
    },
    list: async ({ jobExternalId, signal }) => {
      const found = new Map<string, UpstreamProposal>();
      for (const status of upstreamProposalStatuses)
        for await (const edges of pagesOf(status, jobExternalId, signal))
          for (const edge of edges) {
            const node = nodeShape.safeParse(edge?.node);
            if (node.success) found.set(node.data.id, toProposal(node.data));
          }
      return [...found.values()].filter(
        (entry) => jobExternalId === undefined || entry.jobExternalId === jobExternalId,
      );
    },
  };
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
