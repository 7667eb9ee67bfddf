import type {
  CriterionName,
  DecimalRange,
  JobClient,
  JobCriteria,
  Money,
  Posting,
} from '../../../../src/services/jobs/model.ts';
import { plainWordsOf } from '../../../../src/services/jobs/text/words.ts';

/** What the criteria mean, said a second time and as plainly as possible: true holds, false does not, undefined cannot be told. */
type Verdict = boolean | undefined;

/** The criteria that drop this posting, found without a database. */
export function droppedByOracle(posting: Posting, criteria: JobCriteria, now: Date, score?: number): CriterionName[] {
  return (Object.entries(verdicts) as [CriterionName, (typeof verdicts)[CriterionName]][])
    .filter(([name, verdict]) => {
      const holds = verdict(posting, criteria, now, score);
      return holds === undefined ? criteria.requireKnown?.includes(name) === true && isSet(name, criteria) : !holds;
    })
    .map(([name]) => name);
}

function isSet(name: CriterionName, criteria: JobCriteria): boolean {
  const value = name === 'maximumAge' ? criteria.maximumAgeMs : criteria[name];
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object') return 'min' in value || 'max' in value;
  return value !== undefined;
}

const verdicts: Record<CriterionName, (posting: Posting, criteria: JobCriteria, now: Date, score?: number) => Verdict> =
  {
    keywords: (posting, { keywords = [] }) => keywords.length === 0 || keywords.some((word) => isHeld(posting, word)),
    excludedKeywords: (posting, { excludedKeywords = [] }) => !excludedKeywords.some((word) => isHeld(posting, word)),
    skills: ({ skills: own }, { skills = [] }) =>
      among(own.length > 0 ? own : undefined, skills, (one, list) => list.some((skill) => same(skill, one))),
    categories: (posting, { categories = [] }) => {
      const own = [posting.categoryId, posting.categoryLabel, posting.subcategoryId, posting.subcategoryLabel].filter(
        (name) => name !== undefined,
      );
      return among(own.length > 0 ? own : undefined, categories, (one, list) =>
        list.some((name) => name.toLowerCase() === one.toLowerCase()),
      );
    },
    jobTypes: ({ type }, { jobTypes = [] }) => oneOf(type, jobTypes),
    experienceLevels: ({ experienceLevel }, { experienceLevels = [] }) => oneOf(experienceLevel, experienceLevels),
    workloads: ({ workload }, { workloads = [] }) => oneOf(workload, workloads),
    durations: ({ duration }, { durations = [] }) => oneOf(duration, durations),
    hourlyRate: ({ type, hourlyRate }, criteria) =>
      type === 'FIXED_PRICE' || inRange(criteria.hourlyRate, hourlyRate?.min, hourlyRate?.max),
    fixedBudget: ({ type, fixedBudget }, criteria) =>
      type === 'HOURLY' || inRange(criteria.fixedBudget, fixedBudget, fixedBudget),
    clientCountries: ({ client }, { clientCountries = [] }) => oneOf(client.country, clientCountries),
    excludedClientCountries: ({ client }, { excludedClientCountries: list = [] }) =>
      list.length === 0 || (client.country === undefined ? undefined : !list.includes(client.country)),
    clientHistory: ({ client }, { clientHistory = [] }) => oneOf(historyOf(client), clientHistory),
    clientPaymentVerified: ({ client }, { clientPaymentVerified: wanted }) =>
      wanted === undefined || (client.paymentVerified === undefined ? undefined : client.paymentVerified === wanted),
    clientMinimumRating: ({ client }, { clientMinimumRating: least }) =>
      least === undefined || (!Number(client.rating) ? undefined : Number(client.rating) >= Number(least)),
    clientSpend: ({ client }, { clientSpend }) => inRange(clientSpend, client.totalSpent, client.totalSpent),
    maximumProposals: ({ proposals }, { maximumProposals: most }) =>
      most === undefined || (proposals === undefined ? undefined : proposals <= most),
    maximumAge: ({ postedAt }, { maximumAgeMs }, now) =>
      maximumAgeMs === undefined || now.getTime() - (postedAt ?? now).getTime() <= maximumAgeMs,
    minimumMatchScore: (_posting, { minimumMatchScore: least }, _now, score) =>
      least === undefined || (score === undefined ? undefined : score >= least),
  };

const oneOf = <Value>(value: Value | undefined, list: readonly Value[]): Verdict =>
  list.length === 0 || (value === undefined ? undefined : list.includes(value));

const among = <Value>(
  own: readonly Value[] | undefined,
  wanted: readonly Value[],
  holds: (one: Value, own: readonly Value[]) => boolean,
): Verdict => wanted.length === 0 || (own === undefined ? undefined : wanted.some((one) => holds(one, own)));

const same = (one: string, other: string) =>
  plainWordsOf(one).length > 0 && plainWordsOf(one).join() === plainWordsOf(other).join();

function historyOf({ hires }: JobClient) {
  if (hires === undefined) return undefined;
  return hires === 0 ? 'NO_HIRES' : hires < 10 ? 'ONE_TO_9_HIRES' : 'TEN_PLUS_HIRES';
}

/** Amounts of the tests have at most four decimals and are small, so that numbers are exact once multiplied. */
const exact = (amount: string) => Math.round(Number(amount) * 10_000);

function inRange(range: DecimalRange | undefined, low: Money | undefined, high: Money | undefined): Verdict {
  if (!range || (range.min === undefined && range.max === undefined)) return true;
  const [least, most] = [low ?? high, high ?? low];
  if (!least || !most || least.currency !== (range.currency ?? 'USD')) return undefined;
  return (
    (range.min === undefined || exact(most.amount) >= exact(range.min)) &&
    (range.max === undefined || exact(least.amount) <= exact(range.max))
  );
}

/** All words of the keyword occur; what is in quotes in order, within one of title, description or a skill. */
function isHeld({ title, description, skills }: Posting, keyword: string): boolean {
  const places = [title, description, ...skills].map(plainWordsOf);
  const chunks = (keyword.match(/"[^"]*"|[^\s"]+/g) ?? []).map(plainWordsOf).filter((words) => words.length > 0);
  const holds = (chunk: readonly string[]) =>
    places.some((words) => words.some((_word, at) => chunk.every((word, offset) => words[at + offset] === word)));
  return chunks.length > 0 && chunks.every(holds);
}
