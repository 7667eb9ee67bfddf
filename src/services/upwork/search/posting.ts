import type { JobType, Posting, ScreeningQuestion, Workload } from '../../jobs/model.ts';
import { at, count, decimal, elements, field, instant, line, money, text, word } from '../reading/read-value.ts';
import { postingClient, type Withheld } from './posting-client.ts';
import { durationLabels, durations, engagements, levels, types } from './words.ts';

/** RELIABILITY F101: what is longer is cut. Characters and elements. */
const longest = {
  title: 500,
  description: 50_000,
  skills: 100,
  skill: 100,
  questions: 50,
  question: 2_000,
  locations: 50,
  location: 100,
};
const rawAtMost = 256 * 1024;

/**
 * A node of `marketplaceJobPostingsSearch` as a posting, by the conventions of FACTS §5. Whatever is missing, of
 * another type or not believable is left out (F97, F104–F106). Undefined for a node without an id: it could not be
 * told from others.
 */
export function postingOf(node: unknown, now: Date, withheld: Withheld = {}): Posting | undefined {
  const ids = idsOf(node);
  if (!ids) return undefined;
  const type = typeOf(node);
  const raw = rawOf(node);
  const incomplete = incompleteLists(node);
  return {
    ...ids,
    title: line(field(node, 'title'), longest.title) ?? '',
    description: text(field(node, 'description'), longest.description) ?? '',
    ...known({
      type,
      ...payOf(node, type),
      experienceLevel:
        word(field(node, 'experienceLevel'), levels) ??
        word(at(node, 'job', 'contractTerms', 'experienceLevel'), levels),
      workload: workloadOf(node),
      duration: word(field(node, 'duration'), durations) ?? word(field(node, 'durationLabel'), durationLabels),
      preferredLocations: locationsOf(node),
      isLocationMandatory: booleanOf(field(node, 'preferredFreelancerLocationMandatory')),
      ...categoriesOf(node),
      ...activityOf(node),
      postedAt: instant(field(node, 'publishedDateTime'), now) ?? instant(field(node, 'createdDateTime'), now),
      renewedAt: instant(field(node, 'renewedDateTime'), now),
      raw,
    }),
    skills: skillsOf(node),
    questions: questionsOf(node),
    client: postingClient(field(node, 'client'), withheld),
    state: stateOf(node),
    applied: field(node, 'applied') === true,
    ...(incomplete.length > 0 && { incomplete }),
  };
}

/** Without what is not known. */
function known<Values extends object>(values: Values): { [Key in keyof Values]?: Exclude<Values[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Values]?: Exclude<Values[Key], undefined>;
  };
}

function idsOf(node: unknown): { externalId: string; ciphertext?: string } | undefined {
  const given = field(node, 'ciphertext');
  const ciphertext = typeof given === 'string' && /^~0\d[0-9a-f]{8,40}$/i.test(given) ? given.toLowerCase() : undefined;
  const externalId = [field(node, 'id'), at(node, 'job', 'id'), ciphertext]
    .map((id) => /^(?:~02)?(\d{1,25})$/.exec(String(id))?.[1])
    .find((id) => id !== undefined);
  return externalId === undefined ? undefined : { externalId, ...(ciphertext !== undefined && { ciphertext }) };
}

/** There is no type on the node itself: its job knows, else the money tells (FACTS §5). */
function typeOf(node: unknown): JobType | undefined {
  const told = word(at(node, 'job', 'contractTerms', 'contractType'), types);
  if (told) return told;
  if (field(node, 'hourlyBudgetMin') || field(node, 'hourlyBudgetMax')) return 'HOURLY';
  return isPositive(at(node, 'amount', 'rawValue')) ? 'FIXED_PRICE' : undefined;
}

/** Zero stands for "open" (FACTS §5); a range that ends before it begins says nothing. */
function payOf(node: unknown, type: JobType | undefined): Pick<Posting, 'hourlyRate' | 'fixedBudget'> {
  const paid = (name: string) => {
    const value = field(node, name);
    return isPositive(field(value, 'rawValue')) ? money(value) : undefined;
  };
  if (type === 'FIXED_PRICE') return known({ fixedBudget: paid('amount') });
  if (type !== 'HOURLY') return {};
  const range = known({ min: paid('hourlyBudgetMin'), max: paid('hourlyBudgetMax') });
  const isTurned = range.min && range.max && Number(range.min.amount) > Number(range.max.amount);
  return isTurned || !(range.min ?? range.max) ? {} : { hourlyRate: range };
}

function isPositive(value: unknown): boolean {
  const amount = decimal(value);
  return amount !== undefined && amount !== '0';
}

/** `engagement` is free text, null about half the time (FACTS §5). */
function workloadOf(node: unknown): Workload | undefined {
  const engagement = line(field(node, 'engagement'), 200) ?? '';
  if (/less than 30/i.test(engagement)) return 'LESS_THAN_30_HOURS';
  if (/\b30\+|more than 30/i.test(engagement)) return 'MORE_THAN_30_HOURS';
  if (/as needed/i.test(engagement)) return 'AS_NEEDED';
  return word(at(node, 'job', 'contractTerms', 'hourlyContractTerms', 'engagementType'), engagements);
}

/** Labels where Upwork gives them; the node's own names are slugs, `web_mobile_software_dev` (FACTS §5). */
function categoriesOf(node: unknown) {
  const classified = at(node, 'job', 'classification');
  const category = [at(node, 'occupations', 'category'), field(classified, 'category')];
  const subcategory = [elements(at(node, 'occupations', 'subCategories'))?.[0], field(classified, 'subCategory')];
  const first = (places: readonly unknown[], ...names: readonly string[]) =>
    places.flatMap((place) => names.map((name) => line(field(place, name), 200))).find((value) => value !== undefined);
  return {
    categoryId: first(category, 'id'),
    categoryLabel: first(category, 'prefLabel', 'preferredLabel') ?? line(field(node, 'category'), 200),
    subcategoryId: first(subcategory, 'id'),
    subcategoryLabel: first(subcategory, 'prefLabel', 'preferredLabel') ?? line(field(node, 'subcategory'), 200),
  };
}

function skillsOf(node: unknown): readonly string[] {
  const skills = new Map<string, string>();
  for (const entry of elements(field(node, 'skills')) ?? []) {
    const skill = line(field(entry, 'prettyName'), longest.skill) ?? line(field(entry, 'name'), longest.skill);
    if (skill !== undefined && !skills.has(skill.toLowerCase())) skills.set(skill.toLowerCase(), skill);
    if (skills.size === longest.skills) break;
  }
  return [...skills.values()];
}

/** A list of strings (FACTS §5); what is none in it is left out. */
function locationsOf(node: unknown): readonly string[] | undefined {
  const given = elements(field(node, 'preferredFreelancerLocation')) ?? [];
  const locations = given.slice(0, longest.locations).flatMap((entry) => line(entry, longest.location) ?? []);
  return locations.length > 0 ? locations : undefined;
}

function booleanOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/**
 * `sequenceNumber` counts from 0 (FACTS §5). Whether an answer is required is not told; the site asks for all of
 * them.
 */
function questionsOf(node: unknown): readonly ScreeningQuestion[] {
  const asked = elements(at(node, 'job', 'contractorSelection', 'proposalRequirement', 'screeningQuestions')) ?? [];
  return asked
    .slice(0, longest.questions)
    .map((entry, index) => ({
      order: count(field(entry, 'sequenceNumber')) ?? index,
      words: text(field(entry, 'question'), longest.question),
    }))
    .sort((a, b) => a.order - b.order)
    .flatMap(({ words }) => (words === undefined ? [] : [words]))
    .map((words, index) => ({ position: index + 1, text: words, required: true }));
}

function activityOf(node: unknown) {
  const activity = at(node, 'job', 'activityStat', 'jobActivity');
  return {
    proposals: count(field(node, 'totalApplicants')),
    interviewing: count(field(activity, 'totalInvitedToInterview')),
    invitesSent: count(field(activity, 'invitesSent')),
    hires: count(field(activity, 'totalHired')),
  };
}

/**
 * A filled posting is still listed, with nobody left to hire (FACTS §5). Where one of both is withheld, it may be
 * either.
 */
function stateOf(node: unknown): Posting['state'] {
  const left = count(field(node, 'freelancersToHire'));
  if (left === 0) return 'FILLED';
  const status = at(node, 'job', 'workFlowState', 'status');
  if (status === 'CLOSED') return 'CLOSED';
  return left !== undefined && typeof status === 'string' ? 'OPEN' : 'UNKNOWN';
}

/** Lists of which Upwork nulled elements. */
function incompleteLists(node: unknown): NonNullable<Posting['incomplete']> {
  const isHoley = (value: unknown) => elements(value)?.some((entry) => entry === null) === true;
  const questions = at(node, 'job', 'contractorSelection', 'proposalRequirement', 'screeningQuestions');
  return [
    ...(isHoley(field(node, 'skills')) ? (['skills'] as const) : []),
    ...(isHoley(questions) ? (['questions'] as const) : []),
  ];
}

function rawOf(node: unknown): string | undefined {
  const raw = JSON.stringify(node);
  return Buffer.byteLength(raw) <= rawAtMost ? raw : undefined;
}
