import type { CriterionName } from '../jobs/model.ts';

type Meaning = readonly [path: RegExp, figures: readonly string[], criteria: readonly CriterionName[]];

const node = 'marketplaceJobPostingsSearch\\.edges\\.node';
const of = (names: string, figures: readonly string[], criteria: readonly CriterionName[]): Meaning => [
  new RegExp(`^${node}\\.(?:${names})(?:\\.|$)`),
  figures,
  criteria,
];

/** What the fields of the search are read for. */
const meanings: readonly Meaning[] = [
  of('title', ['title'], ['keywords', 'excludedKeywords']),
  of('description', ['description'], ['keywords', 'excludedKeywords']),
  of('skills', ['skills'], ['skills']),
  of('publishedDateTime|createdDateTime', ['postedAt'], ['maximumAge']),
  of('renewedDateTime', ['renewedAt'], []),
  of('category|subcategory|occupations|job\\.classification', ['category', 'subcategory'], ['categories']),
  of('experienceLevel|job\\.contractTerms\\.experienceLevel', ['experienceLevel'], ['experienceLevels']),
  of('duration|durationLabel', ['duration'], ['durations']),
  of('engagement|job\\.contractTerms\\.hourlyContractTerms', ['workload'], ['workloads']),
  of('totalApplicants', ['proposals'], ['maximumProposals']),
  of('freelancersToHire', ['freelancersToHire'], []),
  of('applied', ['applied'], []),
  of('preferredFreelancerLocation(?:Mandatory)?', ['preferredFreelancerLocations'], []),
  of('amount', ['fixedBudget'], ['fixedBudget']),
  of('hourlyBudgetMin|hourlyBudgetMax', ['hourlyRate'], ['hourlyRate']),
  of('job\\.contractTerms\\.contractType|job\\.contractTerms$', ['type'], ['jobTypes']),
  of('job\\.activityStat', ['interviews', 'invitesSent', 'hires'], []),
  of('job\\.contractorSelection', ['questions'], []),
  of('job\\.workFlowState', ['state'], []),
  of('client\\.location(?:\\.country)?', ['client.country'], ['clientCountries', 'excludedClientCountries']),
  of('client\\.location\\.(?:city|timezone)', ['client.city', 'client.timeZone'], []),
  of('client\\.verificationStatus', ['client.paymentVerified'], ['clientPaymentVerified']),
  of('client\\.totalFeedback', ['client.rating'], ['clientMinimumRating']),
  of('client\\.totalReviews', ['client.reviewCount'], []),
  of('client\\.totalSpent', ['client.totalSpent'], ['clientSpend']),
  of('client\\.totalHires', ['client.hires'], ['clientHistory']),
  of('client\\.totalPostedJobs', ['client.jobsPosted'], []),
];
const whole: readonly [parent: string, inner: RegExp][] = [
  ['client', /client\\\./],
  ['job', /job\\\./],
  ['job.contractTerms', /job\\\.contractTerms/],
];

/** The figures and criteria that are unknown while a field is lost; nothing for parts of the filter, which are judged here as well. */
export function whatIsLost(path: string): { figures: readonly string[]; criteria: readonly CriterionName[] } {
  const inner = whole.find(([parent]) => path === `marketplaceJobPostingsSearch.edges.node.${parent}`)?.[1];
  const fitting = meanings.filter(([words]) => (inner ? inner.test(words.source) : words.test(path)));
  const figures = [...new Set(fitting.flatMap(([, names]) => names))];
  return {
    // Of other operations the name of the field says what it is.
    figures: figures.length > 0 || path.startsWith('filter.') ? figures : [path.split('.').slice(-2).join('.')],
    criteria: [...new Set(fitting.flatMap(([, , criteria]) => criteria))],
  };
}
