import { gql } from 'urql';

/** Something in its currency, as people read it. */
interface Money {
  readonly formatted: string;
}

/** What you decided about a job. */
export type Triage = 'NEW' | 'SEEN' | 'SHORTLISTED' | 'DISMISSED' | 'APPLIED';

/** A job as list and detail show it. */
export interface FeedJob {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly triage: Triage;
  readonly type: 'HOURLY' | 'FIXED' | null;
  readonly postedAt: string;
  readonly contentPurged: boolean;
  readonly category: string | null;
  readonly experienceLevel: string | null;
  readonly skills: readonly string[];
  readonly fixedBudget: Money | null;
  readonly hourlyRate: { readonly min: Money | null; readonly max: Money | null } | null;
  readonly client: {
    readonly country: string | null;
    readonly rating: string | null;
    readonly paymentVerified: boolean | null;
    readonly totalSpent: Money | null;
  };
  readonly activity: { readonly proposals: number | null } | null;
  readonly score: {
    readonly value: number;
    readonly factors: readonly { readonly name: string; readonly points: number; readonly explanation: string }[];
  } | null;
}

const jobFields = gql`
  fragment FeedJob on Job {
    id title description url triage type postedAt contentPurged category experienceLevel skills
    fixedBudget { formatted }
    hourlyRate { min { formatted } max { formatted } }
    client { country rating paymentVerified totalSpent { formatted } }
    activity { proposals }
    score { value factors { name points explanation } }
  }
`;

/** What the address says is to be listed. */
export interface FeedVariables {
  readonly first: number;
  readonly query?: string;
  readonly filter: { readonly triage: readonly Triage[] };
}

/** The list, and the end of the event log at that moment: following from there leaves no gap. */
export const feedQuery = gql<
  {
    readonly system: { readonly latestEventCursor: string };
    readonly jobs: { readonly totalCount: number; readonly nodes: readonly FeedJob[] };
  },
  FeedVariables
>`
  query DashboardFeed($first: Int!, $query: String, $filter: JobFilter) {
    system { latestEventCursor }
    jobs(first: $first, query: $query, filter: $filter) { totalCount nodes { ...FeedJob } }
  }
  ${jobFields}
`;

/** Jobs as they come. */
export const arrivals = gql<{ readonly jobPosted: { readonly job: { readonly id: string } } }, { after: string }>`
  subscription DashboardArrivals($after: String) { jobPosted(after: $after) { id cursor job { ...FeedJob } } }
  ${jobFields}
`;

/** Jobs as they change, on the platform or by a hand elsewhere; the cache takes them up. */
export const changes = gql<
  { readonly jobUpdated: { readonly changed: readonly string[]; readonly job: { readonly id: string } } },
  { after: string }
>`
  subscription DashboardJobChanges($after: String) {
    jobUpdated(after: $after) { id cursor changed job { ...FeedJob } }
  }
  ${jobFields}
`;

/** Decides about jobs. */
export const triageMutation = gql<
  { readonly triageJobs: { readonly errors: readonly { readonly message: string }[] } },
  { readonly input: { readonly jobIds: readonly string[]; readonly triage: Triage } }
>`
  mutation DashboardTriage($input: TriageJobsInput!) {
    triageJobs(input: $input) { errors { message } jobs { id triage } }
  }
`;
