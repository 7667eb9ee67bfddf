/** Who posted; only what the search node shows (FACTS §5, client object). */
export interface Client {
  totalHires: number;
  totalPostedJobs: number;
  totalSpent: number;
  totalReviews: number;
  /** 0 to 5. */
  totalFeedback: number;
  verificationStatus: 'VERIFIED' | null;
  /** Mostly an English name, sometimes a three-letter code. */
  country: string;
  city: string;
  state: string;
  timezone: string;
}

/** A job posting of the world. Instants are milliseconds since 1970, money is plain numbers of `currency`. */
export interface Posting {
  /** 19 digits, growing with the time of creation. */
  id: string;
  title: string;
  description: string;
  categoryId: string;
  subcategoryId: string;
  jobType: 'HOURLY' | 'FIXED';
  /** Both null on an hourly posting: the budget is open. */
  hourlyMin: number | null;
  hourlyMax: number | null;
  /** 0 for hourly postings. */
  fixedAmount: number;
  currency: string;
  experienceLevel: 'ENTRY_LEVEL' | 'INTERMEDIATE' | 'EXPERT' | null;
  duration: 'WEEK' | 'MONTH' | 'QUARTER' | 'SEMESTER' | 'ONGOING' | null;
  engagement: string | null;
  /** As the site writes them, `Next.js`. */
  skills: string[];
  createdAt: number;
  publishedAt: number;
  renewedAt: number | null;
  /** Fixed number of proposals; null: it grows towards `applicantsAtMost`. */
  totalApplicants: number | null;
  applicantsAtMost: number;
  /** 0: the position is filled, the posting is still listed. */
  freelancersToHire: number;
  /** True: everybody is told they applied already, whatever they did. */
  applied: boolean;
  premium: boolean;
  enterprise: boolean;
  preferredFreelancerLocation: string[] | null;
  preferredFreelancerLocationMandatory: boolean;
  questions: string[];
  coverLetterRequired: boolean;
  milestonesAllowed: boolean;
  client: Client;
  status: 'ACTIVE' | 'CLOSED';
}

/** How many have applied by `now`: quickly at first, then fewer and fewer. */
export function applicantsAt(posting: Posting, now: number): number {
  if (posting.totalApplicants !== null) return posting.totalApplicants;
  const hours = Math.max(0, now - posting.publishedAt) / 3_600_000;
  return Math.floor(posting.applicantsAtMost * (1 - Math.exp(-hours / 12)));
}

/** What can be asked of a planted posting; the rest is made up. Instants are ISO 8601. */
export interface PostingFields
  extends Partial<
    Omit<
      Posting,
      'client' | 'categoryId' | 'subcategoryId' | 'createdAt' | 'publishedAt' | 'renewedAt' | 'applicantsAtMost'
    >
  > {
  /** Label or numeric id. */
  category?: string;
  /** Label or numeric id. */
  subcategory?: string;
  createdAt?: string;
  publishedAt?: string;
  renewedAt?: string | null;
  client?: Partial<Client>;
}
