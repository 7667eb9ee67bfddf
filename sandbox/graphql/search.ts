import { hash } from '../random.ts';
import { applicantsAt, type Posting } from '../world/posting.ts';
import { type Match, normalise, parseExpression, type Searchable } from './lucene.ts';

interface Range {
  rangeStart?: number | null;
  rangeEnd?: number | null;
}

/** The filter of `marketplaceJobPostingsSearch`, by the names of the documented API. */
export interface SearchFilter {
  searchExpression_eq?: string | null;
  skillExpression_eq?: string | null;
  titleExpression_eq?: string | null;
  searchTerm_eq?: {
    andTerms_all?: string[] | null;
    orTerms_any?: string[] | null;
    exactTerms_any?: string[] | null;
    excludeTerms_any?: string[] | null;
  } | null;
  categoryIds_any?: string[] | null;
  subcategoryIds_any?: string[] | null;
  occupationIds_any?: string[] | null;
  ontologySkillIds_all?: string[] | null;
  jobType_eq?: string | null;
  workload_eq?: string | null;
  clientHiresRange_eq?: Range | null;
  /** Silently ignored, as observed live (FACTS §5). */
  budgetRange_eq?: Range | null;
  /** Silently ignored, as observed live (FACTS §5). */
  hourlyRate_eq?: Range | null;
  verifiedPaymentOnly_eq?: boolean | null;
  previousClients_eq?: boolean | null;
  experienceLevel_eq?: string | null;
  enterpriseOnly_eq?: boolean | null;
  proposalRange_eq?: Range | null;
  daysPosted_eq?: number | null;
  duration_any?: string[] | null;
  pagination_eq?: { first: number; after?: string | null } | null;
}

/** The order asked for; there is no direction. */
export type SortField = 'RECENCY' | 'RELEVANCE' | 'CLIENT_TOTAL_CHARGE' | 'CLIENT_RATING';

type Test = (posting: Posting) => boolean;

/** Every open posting that fits, in the order asked for. `workedWith` says which clients the caller knows. */
export function searchPostings(
  postings: readonly Posting[],
  filter: SearchFilter,
  sort: SortField,
  now: number,
  workedWith: (posting: Posting) => boolean,
): Posting[] {
  const tests = [isOpen(now), ...textTests(filter), ...plainTests(filter, now, workedWith)];
  const found = postings.filter((posting) => tests.every((test) => test(posting)));
  const keyed = found.map((posting) => ({ posting, key: sortKey(posting, sort) }));
  keyed.sort((a, b) => b.key - a.key || (a.posting.id < b.posting.id ? 1 : -1));
  return keyed.map(({ posting }) => posting);
}

/** The made-up id of a skill in the ontology. */
export function skillId(skill: string): string {
  return `1031626${String(hash(skill)).padStart(12, '0')}`;
}

/** The name of a skill in addresses and expressions: `Next.js` is `next-js`. */
export function skillSlug(skill: string): string {
  return skill
    .toLowerCase()
    .replaceAll('#', '-sharp')
    .replaceAll('++', '-plus-plus')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

/**
 * Which date RECENCY sorts by is unknown, so it is made sure that nobody can rely on either: half of the renewed postings come up again, half stay
 * where they were.
 */
function sortKey(posting: Posting, sort: SortField): number {
  if (sort === 'CLIENT_RATING') return posting.client.totalFeedback;
  if (sort === 'CLIENT_TOTAL_CHARGE') return posting.client.totalSpent;
  const comesUp = posting.renewedAt !== null && hash(posting.id) % 2 === 0;
  return comesUp ? (posting.renewedAt ?? 0) : posting.publishedAt;
}

function isOpen(now: number): Test {
  return ({ status, publishedAt }) => status === 'ACTIVE' && publishedAt <= now;
}

const prepared = new WeakMap<Posting, { of: string; fields: Searchable }>();

function searchable(posting: Posting): Searchable {
  const of = `${posting.title}\n${posting.description}\n${posting.skills.join('\n')}`;
  const known = prepared.get(posting);
  if (known?.of === of) return known.fields;
  const fields = {
    title: normalise(posting.title),
    skills: normalise(posting.skills.join(' ')),
    all: normalise(of),
  };
  prepared.set(posting, { of, fields });
  return fields;
}

function textTests(filter: SearchFilter): Test[] {
  const tests: Test[] = [];
  const whole = (match: Match) => tests.push((posting) => match(searchable(posting)));
  if (filter.searchExpression_eq) whole(parseExpression(filter.searchExpression_eq));
  else if (filter.searchTerm_eq) whole(termsMatch(filter.searchTerm_eq));
  if (filter.titleExpression_eq) {
    const match = parseExpression(filter.titleExpression_eq);
    tests.push((posting) => match({ ...searchable(posting), all: searchable(posting).title }));
  }
  if (filter.skillExpression_eq) {
    const wanted = filter.skillExpression_eq.split(',').map((skill) => skillSlug(skill.trim()));
    tests.push(({ skills }) => skills.some((skill) => wanted.includes(skillSlug(skill))));
  }
  return tests;
}

function termsMatch(term: NonNullable<SearchFilter['searchTerm_eq']>): Match {
  const all = (term.andTerms_all ?? []).map(normalise);
  const any = [...(term.orTerms_any ?? []), ...(term.exactTerms_any ?? [])].map(normalise);
  const none = (term.excludeTerms_any ?? []).map(normalise);
  return ({ all: text }) =>
    all.every((word) => text.includes(word)) &&
    (any.length === 0 || any.some((word) => text.includes(word))) &&
    !none.some((word) => text.includes(word));
}

function plainTests(filter: SearchFilter, now: number, workedWith: Test): Test[] {
  const tests: Test[] = [];
  const when = (asked: unknown, test: Test) => {
    if (asked !== undefined && asked !== null && asked !== false) tests.push(test);
  };
  const among = (ids: readonly string[] | null | undefined, ...own: string[]) => own.some((id) => ids?.includes(id));
  // Ids only: the name of a category is no id, and gives nothing without a word (FACTS §5).
  when(filter.categoryIds_any, ({ categoryId }) => among(filter.categoryIds_any, categoryId));
  when(filter.subcategoryIds_any, ({ subcategoryId }) => among(filter.subcategoryIds_any, subcategoryId));
  when(filter.occupationIds_any, ({ categoryId, subcategoryId }) =>
    among(filter.occupationIds_any, categoryId, subcategoryId),
  );
  when(filter.ontologySkillIds_all, ({ skills }) => {
    const own = skills.map(skillId);
    return (filter.ontologySkillIds_all ?? []).every((id) => own.includes(id));
  });
  when(filter.jobType_eq, ({ jobType }) => jobType === filter.jobType_eq);
  when(filter.experienceLevel_eq, ({ experienceLevel }) => experienceLevel === filter.experienceLevel_eq);
  when(filter.verifiedPaymentOnly_eq, ({ client }) => client.verificationStatus === 'VERIFIED');
  when(filter.enterpriseOnly_eq, ({ enterprise }) => enterprise);
  when(filter.previousClients_eq, workedWith);
  when(filter.clientHiresRange_eq, ({ client }) => isWithin(client.totalHires, filter.clientHiresRange_eq));
  when(filter.proposalRange_eq, (posting) => isWithin(applicantsAt(posting, now), filter.proposalRange_eq));
  when(filter.daysPosted_eq, ({ publishedAt }) => publishedAt >= now - (filter.daysPosted_eq ?? 0) * 86_400_000);
  when(filter.duration_any, ({ duration }) => duration !== null && among(filter.duration_any, duration));
  // Returned nothing for every value when it was tried live (FACTS §5).
  when(filter.workload_eq, () => false);
  return tests;
}

function isWithin(value: number, range: Range | null | undefined): boolean {
  return (
    value >= (range?.rangeStart ?? Number.NEGATIVE_INFINITY) && value <= (range?.rangeEnd ?? Number.POSITIVE_INFINITY)
  );
}
