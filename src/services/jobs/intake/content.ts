import { createHash } from 'node:crypto';
import { toUnits } from '../criteria/units.ts';
import type { Money, Posting } from '../model.ts';
import { indexSkills, indexWords, skillKey } from '../text/words.ts';
import { longest, most, tidyCount, tidyInstant, tidyLabel, tidyText } from './tidy.ts';

/** The columns whose change is an edit. Null, and an empty title, description or list, is what Upwork left out. */
export interface Content {
  readonly state: Posting['state'];
  readonly type: string | null;
  readonly hourly_min: number | null;
  readonly hourly_max: number | null;
  readonly fixed_budget: number | null;
  readonly currency: string | null;
  readonly connects_required: number | null;
  readonly experience_level: string | null;
  readonly workload: string | null;
  readonly duration: string | null;
  readonly preferred_locations: string;
  readonly location_mandatory: number | null;
  readonly category_id: string | null;
  readonly category_label: string | null;
  readonly subcategory_id: string | null;
  readonly subcategory_label: string | null;
  readonly client_external_id: string | null;
  readonly client_country: string | null;
  readonly client_city: string | null;
  readonly client_time_zone: string | null;
  readonly client_verified: number | null;
  readonly title: string;
  readonly skills: string;
  readonly questions: string;
  readonly description: string;
}

/**
 * The columns that move without an edit: activity on the posting, the client's running totals, what came over the wire.
 */
export interface Counters {
  readonly renewed_at: number | null;
  readonly client_rating: number | null;
  readonly client_reviews: number | null;
  readonly client_spent: number | null;
  readonly client_spent_currency: string | null;
  readonly client_hires: number | null;
  readonly client_posted: number | null;
  readonly client_member_since: string | null;
  readonly proposals: number | null;
  readonly interviewing: number | null;
  readonly invites_sent: number | null;
  readonly hires: number | null;
  readonly raw: string | null;
}

/** The editable content of a posting, as it is stored. The same posting gives the same content, always. */
export function contentOf(posting: Posting): Content {
  const { client } = posting;
  const min = toAmount(posting.hourlyRate?.min);
  const max = toAmount(posting.hourlyRate?.max);
  const fixed = toAmount(posting.fixedBudget);
  const currency = (min ?? max ?? fixed)?.currency ?? null;
  // One column holds the currency: what is in another one cannot be told apart from it, so it stays unknown.
  const unitsOf = (amount: typeof min) => (amount && amount.currency === currency ? amount.units : null);
  return {
    state: posting.state,
    type: posting.type ?? null,
    hourly_min: unitsOf(min),
    hourly_max: unitsOf(max),
    fixed_budget: unitsOf(fixed),
    currency,
    connects_required: tidyCount(posting.connectsRequired),
    experience_level: posting.experienceLevel ?? null,
    workload: posting.workload ?? null,
    duration: posting.duration ?? null,
    preferred_locations: JSON.stringify(tidyLocations(posting.preferredLocations ?? [])),
    location_mandatory: posting.isLocationMandatory === undefined ? null : Number(posting.isLocationMandatory),
    category_id: tidyLabel(posting.categoryId),
    category_label: tidyLabel(posting.categoryLabel),
    subcategory_id: tidyLabel(posting.subcategoryId),
    subcategory_label: tidyLabel(posting.subcategoryLabel),
    client_external_id: tidyLabel(client.externalId),
    client_country: tidyLabel(client.country)?.toUpperCase() ?? null,
    client_city: tidyLabel(client.city),
    client_time_zone: tidyLabel(client.timeZone),
    client_verified: client.paymentVerified === undefined ? null : Number(client.paymentVerified),
    title: tidyText(posting.title, longest.title),
    skills: JSON.stringify(tidySkills(posting.skills)),
    questions: JSON.stringify(tidyQuestions(posting.questions)),
    description: tidyText(posting.description, longest.description),
  };
}

/** What else a posting says. */
export function countersOf(posting: Posting, now: Date): Counters {
  const { client } = posting;
  const spent = toAmount(client.totalSpent);
  return {
    renewed_at: tidyInstant(posting.renewedAt, now),
    client_rating: client.rating === undefined ? null : (toUnits(client.rating) ?? null),
    client_reviews: tidyCount(client.reviewCount),
    client_spent: spent?.units ?? null,
    client_spent_currency: spent?.currency ?? null,
    client_hires: tidyCount(client.hires),
    client_posted: tidyCount(client.jobsPosted),
    client_member_since: tidyLabel(client.memberSince),
    proposals: tidyCount(posting.proposals),
    interviewing: tidyCount(posting.interviewing),
    invites_sent: tidyCount(posting.invitesSent),
    hires: tidyCount(posting.hires),
    raw: posting.raw !== undefined && posting.raw.length <= longest.raw ? tidyText(posting.raw, longest.raw) : null,
  };
}

/** What full-text search is to find the content by. */
export function wordColumnsOf({ title, skills, description }: Content) {
  return {
    title_words: indexWords(title),
    skill_words: indexSkills(JSON.parse(skills) as string[]),
    description_words: indexWords(description),
  };
}

/** Tells whether a posting says what it said when it was read last. */
export function hashOf(content: Content): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}

function toAmount(money: Money | undefined): { units: number; currency: string } | undefined {
  const units = money && toUnits(money.amount);
  return money && units !== undefined && /^[A-Za-z]{3}$/.test(money.currency)
    ? { units, currency: money.currency.toUpperCase() }
    : undefined;
}

function tidySkills(skills: readonly string[]): string[] {
  const kept = new Map<string, string>();
  for (const skill of skills) {
    if (kept.size === most.skills) break;
    const text = tidyText(skill, longest.skill);
    const key = skillKey(text) ?? text;
    if (text !== '' && !kept.has(key)) kept.set(key, text);
  }
  return [...kept.values()];
}

function tidyLocations(locations: readonly string[]): string[] {
  const kept = locations.slice(0, most.locations).flatMap((location) => tidyLabel(location) ?? []);
  return [...new Set(kept)];
}

function tidyQuestions(questions: Posting['questions']): Posting['questions'] {
  return questions.slice(0, most.questions).map(({ position, text, required }) => ({
    position: tidyCount(position) ?? 0,
    text: tidyText(text, longest.question),
    required,
  }));
}
