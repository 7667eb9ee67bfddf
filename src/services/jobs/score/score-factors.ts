import { toUnits } from '../criteria/units.ts';
import type { DecimalRange, JobCriteria } from '../model.ts';
import { holdsPhrase, type Phrase, phrasesOfKeyword } from '../text/phrases.ts';
import { skillKey } from '../text/words.ts';

/** What a score is computed from. Amounts in ten-thousandths; null is what Upwork left out. */
export interface ScoredFacts {
  /**
   * The words of title, skills (with their keys) and description, as the full-text index holds them: ` a b | c =c | d e
   * `.
   */
  readonly words: string;
  readonly hasSkills: boolean;
  readonly type: string | null;
  readonly hourly_min: number | null;
  readonly hourly_max: number | null;
  readonly fixed_budget: number | null;
  readonly currency: string | null;
  readonly client_country: string | null;
  readonly client_verified: number | null;
  readonly client_rating: number | null;
  readonly client_spent: number | null;
  readonly client_spent_currency: string | null;
  readonly client_hires: number | null;
  readonly proposals: number | null;
  readonly posted_at: number;
}

/** How much of a factor's points a job earns, 0 to 1; undefined where it cannot be told. */
export interface Share {
  readonly share: number | undefined;
  readonly explanation: string;
}

const enoughHits = 3;
const usualProposals = 50;
const usualAgeMs = 86_400_000;
const usualSpend = 100_000_000;
const clamp = (share: number) => Math.max(0, Math.min(1, share));

/** A skill or keyword of the criteria, ready to be looked for. */
export interface Wish {
  readonly text: string;
  /** Matches a skill as a whole. */
  readonly key: Phrase | undefined;
  readonly phrases: readonly Phrase[];
}

/** The skills and keywords the person names, each once. */
export function wishesOf({ skills = [], keywords = [] }: JobCriteria): Wish[] {
  return [...new Set([...skills, ...keywords])].map((text) => {
    const key = skillKey(text);
    return {
      text,
      key: key === undefined ? undefined : { words: [key], prefix: false },
      phrases: phrasesOfKeyword(text),
    };
  });
}

/** How many of the wishes it asks for; three are as good as all. */
export function skillsShare({ words, hasSkills }: ScoredFacts, wishes: readonly Wish[]): Share {
  if (wishes.length === 0) return { share: undefined, explanation: 'You name no skills or keywords.' };
  const hits = wishes.filter(
    ({ key, phrases }) =>
      (key && holdsPhrase(words, key)) || (phrases.length > 0 && phrases.every((phrase) => holdsPhrase(words, phrase))),
  );
  if (hits.length === 0 && !hasSkills) {
    return { share: undefined, explanation: 'It lists no skills, and its text names none of yours.' };
  }
  const names = hits.slice(0, 5).map(({ text }) => text);
  const counted = `It asks for ${hits.length} of your ${wishes.length} skills and keywords`;
  return {
    share: clamp(hits.length / Math.min(wishes.length, enoughHits)),
    explanation: names.length > 0 ? `${counted}: ${names.join(', ')}.` : `${counted}.`,
  };
}

/** How far what it pays meets the range wanted for its type. */
export function budgetShare(facts: ScoredFacts, { hourlyRate, fixedBudget }: JobCriteria): Share {
  if (facts.type === 'HOURLY')
    return rangeShare('hourly rate', hourlyRate, facts.currency, [facts.hourly_min, facts.hourly_max]);
  if (facts.type === 'FIXED_PRICE') return rangeShare('budget', fixedBudget, facts.currency, [facts.fixed_budget]);
  return { share: undefined, explanation: 'Upwork does not say whether it is paid by the hour.' };
}

function rangeShare(
  name: string,
  range: DecimalRange | undefined,
  currency: string | null,
  offered: readonly (number | null)[],
): Share {
  const min = range?.min === undefined ? undefined : toUnits(range.min, 'up');
  const max = range?.max === undefined ? undefined : toUnits(range.max, 'down');
  if (min === undefined && max === undefined) return { share: undefined, explanation: `You ask for no ${name}.` };
  const known = offered.filter((units) => units !== null);
  if (known.length === 0) return { share: undefined, explanation: `Upwork does not say the ${name}.` };
  if (currency !== (range?.currency ?? 'USD').toUpperCase()) {
    return { share: undefined, explanation: `The ${name} is in another currency than yours.` };
  }
  const [low, high] = [Math.min(...known), Math.max(...known)];
  if (min !== undefined && high < min) return { share: clamp(high / min), explanation: `The ${name} is below yours.` };
  if (max !== undefined && low > max) return { share: clamp(max / low), explanation: `The ${name} is above yours.` };
  return { share: 1, explanation: `The ${name} meets yours.` };
}

/** The mean of what is known of the client: payment, rating, spending, hires, country. */
export function clientShare(facts: ScoredFacts, criteria: JobCriteria): Share {
  const parts = [
    part('payment verified', facts.client_verified, (verified) => verified),
    part('rating', facts.client_rating || null, (rating) => rating / 50_000),
    part('spending', spentOf(facts, criteria), (share) => share),
    part('hires', facts.client_hires, (hires) => historyShare(hires, criteria)),
    part('country', facts.client_country, (country) => countryShare(country, criteria)),
  ];
  const known = parts.filter((entry) => entry.share !== undefined);
  if (known.length === 0) return { share: undefined, explanation: 'Upwork says nothing of the client.' };
  const shown = known.map(({ name, share = 0 }) => `${name} ${Math.round(clamp(share) * 100)} %`).join(', ');
  const missing = parts.filter((entry) => entry.share === undefined && entry.isMissing).map(({ name }) => name);
  return {
    share: clamp(known.reduce((sum, { share = 0 }) => sum + share, 0) / known.length),
    explanation: missing.length > 0 ? `${shown}; not known: ${missing.join(', ')}.` : `${shown}.`,
  };
}

function part<Value>(name: string, value: Value | null, judge: (value: Value) => number | undefined) {
  return { name, share: value === null ? undefined : judge(value), isMissing: value === null };
}

/** Against the least spending wanted, else against 10,000. */
function spentOf({ client_spent, client_spent_currency }: ScoredFacts, { clientSpend }: JobCriteria): number | null {
  if (client_spent === null || client_spent_currency !== (clientSpend?.currency ?? 'USD').toUpperCase()) return null;
  const wanted = clientSpend?.min === undefined ? undefined : toUnits(clientSpend.min, 'up');
  return clamp(client_spent / (wanted || usualSpend));
}

function historyShare(hires: number, { clientHistory = [] }: JobCriteria): number {
  const history = hires === 0 ? 'NO_HIRES' : hires < 10 ? 'ONE_TO_9_HIRES' : 'TEN_PLUS_HIRES';
  if (clientHistory.length > 0) return clientHistory.includes(history) ? 1 : 0;
  return hires === 0 ? 0 : hires < 10 ? 0.6 : 1;
}

function countryShare(
  country: string,
  { clientCountries = [], excludedClientCountries = [] }: JobCriteria,
): number | undefined {
  const isIn = (list: readonly string[]) => list.some((code) => code.toUpperCase() === country);
  if (isIn(excludedClientCountries)) return 0;
  if (clientCountries.length > 0) return isIn(clientCountries) ? 1 : 0;
  return excludedClientCountries.length > 0 ? 1 : undefined;
}

/** The fewer proposals, the better; none of the points at the most that is accepted, else at 50. */
export function competitionShare({ proposals }: ScoredFacts, { maximumProposals }: JobCriteria): Share {
  if (proposals === null) return { share: undefined, explanation: 'Upwork does not say how many proposals there are.' };
  const most = maximumProposals ?? usualProposals;
  return { share: clamp(1 - proposals / (most + 1)), explanation: `${proposals} proposals so far.` };
}

/** The younger, the better; none of the points at the greatest age that is accepted, else at a day. */
export function timingShare({ posted_at }: ScoredFacts, { maximumAgeMs }: JobCriteria, now: Date): Share {
  const ageMs = Math.max(0, now.getTime() - posted_at);
  const minutes = Math.floor(ageMs / 60_000);
  const age = minutes < 120 ? `${minutes} minutes` : `${Math.floor(minutes / 60)} hours`;
  return { share: clamp(1 - ageMs / (maximumAgeMs || usualAgeMs)), explanation: `Posted ${age} before.` };
}
