/** Parts of the search that need scopes of their own: a key without them would be refused the whole operation (FACTS §3.1). */
export const searchDetails = ['full', 'without_questions', 'without_job'] as const;
export type SearchDetail = (typeof searchDetails)[number];

const questions = 'contractorSelection { proposalRequirement { screeningQuestions { question sequenceNumber } } }';
const job = (inner: string) => `
        job {
          id
          workFlowState { status }
          classification { category { id preferredLabel } subCategory { id preferredLabel } }
          contractTerms { contractType experienceLevel hourlyContractTerms { engagementType } }
          activityStat { jobActivity { invitesSent totalInvitedToInterview totalHired } }
          ${inner}
        }`;
const parts: Readonly<Record<SearchDetail, string>> = {
  full: job(questions),
  without_questions: job(''),
  without_job: '',
};

/**
 * The job search (FACTS §5). Beside what public clients are known to ask, fields under `job` that may be null alone; a field that may not would take
 * its whole edge along when the key is denied it.
 */
export function searchDocument(detail: SearchDetail): string {
  return `query SearchJobs($filter: MarketplaceJobPostingsSearchFilter, $sort: [MarketplaceJobPostingSearchSortAttribute]) {
  marketplaceJobPostingsSearch(marketPlaceJobFilter: $filter, searchType: USER_JOBS_SEARCH, sortAttributes: $sort) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges {
      node {
        id ciphertext title description createdDateTime publishedDateTime renewedDateTime
        category subcategory experienceLevel duration durationLabel engagement totalApplicants freelancersToHire applied
        preferredFreelancerLocation preferredFreelancerLocationMandatory
        amount { rawValue currency }
        hourlyBudgetMin { rawValue currency }
        hourlyBudgetMax { rawValue currency }
        skills { name prettyName }
        occupations { category { id prefLabel } subCategories { id prefLabel } }
        client {
          totalHires totalPostedJobs totalReviews totalFeedback verificationStatus
          totalSpent { rawValue currency }
          location { country city timezone }
        }${parts[detail]}
      }
    }
  }
}`;
}

const questionTypes = /^(?:MarketplaceProposalRequirements|MarketplaceContractorSelection|MarketplaceQuestion)\./;
const jobTypes =
  /^(?:MarketplaceJobPostingSearchResult\.job$|(?:MarketplaceJobPosting|MarketplacePosting\w+|MarketplaceContractTerms|HourlyContractTerms|JobActivity|JobCategory)\.)/;

/** The search that does without the fields a key is missing; undefined when there is none that finds anything. */
export function searchWithout(missing: readonly string[]): SearchDetail | undefined {
  if (missing.length === 0) return undefined;
  if (missing.every((name) => questionTypes.test(name))) return 'without_questions';
  return missing.every((name) => questionTypes.test(name) || jobTypes.test(name)) ? 'without_job' : undefined;
}
