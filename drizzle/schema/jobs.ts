import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/* Postings as they are kept, and the tree their categories come from. Units and names: README.md of this folder. */

/**
 * A posting once stored. Content columns are emptied when `content_expires_at` has passed. Short columns stand before long ones: SQLite walks through
 * a row's overflow pages to reach what stands behind a long text.
 */
export const jobs = sqliteTable(
  'jobs',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    platform: text().notNull(),
    /** Canonical numeric id; the ciphertext where Upwork has given no number. */
    externalId: text('external_id').notNull(),
    ciphertext: text(),
    /** When it first matched what the owner asked for; null while it has not: such a job serves diagnosis and previews alone. */
    matchedAt: integer('matched_at'),
    /** False while it is known from a proposal alone, and no scan has read it: then it is no find. */
    scanned: integer({ mode: 'boolean' }).notNull().default(true),
    postedAt: integer('posted_at').notNull(),
    renewedAt: integer('renewed_at'),
    firstSeenAt: integer('first_seen_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    contentExpiresAt: integer('content_expires_at'),
    contentPurgedAt: integer('content_purged_at'),
    state: text().notNull(),
    applied: integer({ mode: 'boolean' }).notNull().default(false),
    triage: text().notNull().default('NEW'),
    score: integer(),
    scoredAt: integer('scored_at'),
    type: text(),
    hourlyMin: integer('hourly_min'),
    hourlyMax: integer('hourly_max'),
    fixedBudget: integer('fixed_budget'),
    /** Of the hourly rate and the fixed budget. */
    currency: text(),
    connectsRequired: integer('connects_required'),
    experienceLevel: text('experience_level'),
    workload: text(),
    duration: text(),
    /** JSON: where the client would like freelancers to be, and whether elsewhere is out of the question. */
    preferredLocations: text('preferred_locations').notNull().default('[]'),
    locationMandatory: integer('location_mandatory', { mode: 'boolean' }),
    categoryId: text('category_id'),
    categoryLabel: text('category_label'),
    subcategoryId: text('subcategory_id'),
    subcategoryLabel: text('subcategory_label'),
    clientExternalId: text('client_external_id'),
    clientCountry: text('client_country'),
    clientCity: text('client_city'),
    clientTimeZone: text('client_time_zone'),
    clientVerified: integer('client_verified', { mode: 'boolean' }),
    /** Ten-thousandths of a star. */
    clientRating: integer('client_rating'),
    clientReviews: integer('client_reviews'),
    clientSpent: integer('client_spent'),
    clientSpentCurrency: text('client_spent_currency'),
    clientHires: integer('client_hires'),
    clientPosted: integer('client_posted'),
    clientMemberSince: text('client_member_since'),
    proposals: integer(),
    interviewing: integer(),
    invitesSent: integer('invites_sent'),
    hires: integer(),
    lastViewedByClientAt: integer('last_viewed_by_client_at'),
    activityAt: integer('activity_at'),
    /** Hash of the content that counts as an edit when it changes. */
    contentHash: text('content_hash').notNull(),
    tags: text().notNull().default('[]'),
    title: text().notNull(),
    skills: text().notNull(),
    scoreFactors: text('score_factors'),
    notes: text(),
    questions: text().notNull(),
    description: text().notNull(),
    /** What full-text search indexes: the words of title, description and skills, folded (services/jobs/words.ts). */
    titleWords: text('title_words').notNull().default(''),
    skillWords: text('skill_words').notNull().default(''),
    descriptionWords: text('description_words').notNull().default(''),
    raw: text(),
  },
  (table) => [
    uniqueIndex('jobs_external').on(table.platform, table.externalId),
    index('jobs_ciphertext').on(table.ciphertext),
    index('jobs_posted').on(table.postedAt, table.seq),
    index('jobs_feed').on(table.postedAt, table.seq).where(sql`matched_at IS NOT NULL`),
    index('jobs_feed_seen').on(table.firstSeenAt, table.seq).where(sql`matched_at IS NOT NULL`),
    index('jobs_expiry').on(table.contentExpiresAt).where(sql`content_purged_at IS NULL`),
  ],
);

/** The platform's category tree as last fetched. */
export const categoryTrees = sqliteTable('category_trees', {
  platform: text().primaryKey().notNull(),
  tree: text().notNull(),
  fetchedAt: integer('fetched_at').notNull(),
});
