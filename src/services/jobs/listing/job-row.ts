import { toDecimal } from '../criteria/units.ts';
import { jobUrl } from '../external-id.ts';
import type { Job, JobActivity, JobClient, Money, MoneyRange, ScoreFactor, ScreeningQuestion } from '../model.ts';

/** A row of `jobs` as read for a `Job`. Amounts in ten-thousandths, instants in milliseconds. */
export interface JobRow {
  readonly seq: number;
  readonly id: string;
  readonly external_id: string;
  readonly ciphertext: string | null;
  readonly posted_at: number;
  readonly first_seen_at: number;
  readonly updated_at: number;
  readonly content_expires_at: number | null;
  readonly content_purged_at: number | null;
  readonly state: Job['state'];
  readonly triage: Job['triage'];
  readonly score: number | null;
  readonly scored_at: number | null;
  readonly type: NonNullable<Job['type']> | null;
  readonly hourly_min: number | null;
  readonly hourly_max: number | null;
  readonly fixed_budget: number | null;
  readonly currency: string | null;
  readonly connects_required: number | null;
  readonly experience_level: NonNullable<Job['experienceLevel']> | null;
  readonly workload: NonNullable<Job['workload']> | null;
  readonly duration: NonNullable<Job['duration']> | null;
  readonly preferred_locations: string;
  readonly location_mandatory: 0 | 1 | null;
  readonly category_label: string | null;
  readonly subcategory_label: string | null;
  readonly client_external_id: string | null;
  readonly client_country: string | null;
  readonly client_city: string | null;
  readonly client_time_zone: string | null;
  readonly client_verified: 0 | 1 | null;
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
  readonly last_viewed_by_client_at: number | null;
  readonly activity_at: number | null;
  readonly tags: string;
  readonly title: string;
  readonly skills: string;
  readonly score_factors: string | null;
  readonly notes: string | null;
  readonly questions: string;
  readonly description: string;
  readonly raw: string | null;
}

/** The columns of `JobRow`, each as `jobs.<name>`. */
export const jobColumns =
  `seq id external_id ciphertext posted_at first_seen_at updated_at content_expires_at content_purged_at state triage
  score scored_at type hourly_min hourly_max fixed_budget currency connects_required experience_level workload
  duration preferred_locations location_mandatory category_label subcategory_label client_external_id client_country client_city client_time_zone
  client_verified client_rating client_reviews client_spent client_spent_currency client_hires client_posted
  client_member_since proposals interviewing invites_sent hires last_viewed_by_client_at activity_at tags title
  skills score_factors notes questions description raw`
    .split(/\s+/)
    .map((column) => `jobs.${column}`)
    .join(', ');

/** The `Job` a row stands for. */
export function toJob(row: JobRow): Job {
  return {
    seq: row.seq,
    id: row.id,
    externalId: row.external_id,
    url: jobUrl({ externalId: row.external_id, ciphertext: row.ciphertext }),
    title: row.title,
    description: row.description,
    skills: JSON.parse(row.skills) as string[],
    preferredLocations: JSON.parse(row.preferred_locations) as string[],
    questions: JSON.parse(row.questions) as ScreeningQuestion[],
    client: toClient(row),
    state: row.state,
    triage: row.triage,
    tags: JSON.parse(row.tags) as string[],
    postedAt: new Date(row.posted_at),
    firstSeenAt: new Date(row.first_seen_at),
    updatedAt: new Date(row.updated_at),
    contentPurged: row.content_purged_at !== null,
    ...known({
      type: row.type,
      hourlyRate: toRange(row),
      fixedBudget: toMoney(row.fixed_budget, row.currency),
      connectsRequired: row.connects_required,
      experienceLevel: row.experience_level,
      workload: row.workload,
      duration: row.duration,
      isLocationMandatory: row.location_mandatory === null ? null : row.location_mandatory === 1,
      category: row.subcategory_label ?? row.category_label,
      activity: toActivity(row),
      notes: row.notes,
      score: toScore(row),
      contentExpiresAt: toDate(row.content_expires_at),
      raw: row.raw,
    }),
  };
}

type Known<Values> = { [Key in keyof Values]?: NonNullable<Values[Key]> };

/** Leaves out what is null. */
function known<Values extends object>(values: Values): Known<Values> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Known<Values>;
}

const toDate = (ms: number | null) => (ms === null ? null : new Date(ms));

function toMoney(units: number | null, currency: string | null): Money | null {
  return units === null || currency === null ? null : { amount: toDecimal(units), currency };
}

function toRange({ hourly_min, hourly_max, currency }: JobRow): MoneyRange | null {
  const range = known({ min: toMoney(hourly_min, currency), max: toMoney(hourly_max, currency) });
  return range.min || range.max ? range : null;
}

function toClient(row: JobRow): JobClient {
  return known({
    externalId: row.client_external_id,
    country: row.client_country,
    city: row.client_city,
    timeZone: row.client_time_zone,
    paymentVerified: row.client_verified === null ? null : row.client_verified === 1,
    rating: row.client_rating === null ? null : toDecimal(row.client_rating),
    reviewCount: row.client_reviews,
    totalSpent: toMoney(row.client_spent, row.client_spent_currency),
    hires: row.client_hires,
    jobsPosted: row.client_posted,
    memberSince: row.client_member_since,
  });
}

function toActivity(row: JobRow): JobActivity | null {
  if (row.activity_at === null) return null;
  return {
    observedAt: new Date(row.activity_at),
    ...known({
      proposals: row.proposals,
      interviewing: row.interviewing,
      invitesSent: row.invites_sent,
      hires: row.hires,
      lastViewedByClientAt: toDate(row.last_viewed_by_client_at),
    }),
  };
}

function toScore({ score, score_factors, scored_at }: JobRow): Job['score'] | null {
  if (score === null || score_factors === null || scored_at === null) return null;
  return { value: score, factors: JSON.parse(score_factors) as ScoreFactor[], computedAt: new Date(scored_at) };
}
