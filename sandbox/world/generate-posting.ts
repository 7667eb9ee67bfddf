import type { Random } from '../random.ts';
import { categories, findCategory, findSubcategory, type Subcategory } from './categories.ts';
import { closings, customers, details, openings, passwords, places, questions, titles } from './phrases.ts';
import type { Client, Posting } from './posting.ts';
import { work } from './work.ts';

const favourites = ['Web Development', 'Mobile Development'];
const levels = ['ENTRY_LEVEL', 'INTERMEDIATE', 'INTERMEDIATE', 'INTERMEDIATE', 'EXPERT', 'EXPERT'] as const;
const durations = ['WEEK', 'MONTH', 'QUARTER', 'SEMESTER', 'ONGOING', null] as const;
const engagements = ['Less than 30 hrs/week', '30+ hrs/week', null, null] as const;

/** Which subcategory the next posting belongs to: 60 % web and mobile development, else any. */
export function drawSubcategory(random: Random): string {
  if (random.chance(0.6)) return random.pick(favourites);
  return random.pick(random.pick(categories).subcategories).label;
}

/**
 * A believable posting of a subcategory (label or id), created at `at`. `isTaken` is asked for every title, so that no two are the same.
 * Throws when there is no such subcategory.
 */
export function generatePosting(
  random: Random,
  subcategoryName: string,
  at: number,
  isTaken: (title: string) => boolean,
): Omit<Posting, 'id'> {
  const place = placeOf(subcategoryName);
  const { wanted, skills } = work.get(place.subcategory.label) ?? {
    wanted: ['a small job'],
    skills: ['Communication'],
  };
  const chosen = random.some(skills, random.int(2, 5));
  const words = {
    work: random.pick(wanted),
    customer: random.pick(customers),
    skill: chosen[0] ?? 'Communication',
    other: chosen[1] ?? 'English',
    count: String(random.int(3, 60)),
    year: String(random.int(2014, 2024)),
    word: random.pick(passwords),
  };
  const jobType = random.chance(0.5) ? 'HOURLY' : 'FIXED';
  const isOpen = random.chance(0.12);
  const rate = random.int(2, 16) * 5;
  const experienceLevel = random.chance(0.03) ? null : random.pick(levels);
  return {
    title: drawTitle(random, words, isTaken),
    description: drawDescription(random, words),
    categoryId: place.category.id,
    subcategoryId: place.subcategory.id,
    jobType,
    hourlyMin: jobType === 'HOURLY' && !isOpen ? rate : null,
    hourlyMax: jobType === 'HOURLY' && !isOpen ? rate + random.int(1, 8) * 5 : null,
    fixedAmount:
      jobType === 'FIXED' && !isOpen
        ? random.pick([10, 30, 75, 150, 300, 500, 800, 1200, 2500, 4000, 7500, 12_000])
        : 0,
    currency: 'USD',
    experienceLevel,
    duration: random.pick(durations),
    engagement: random.pick(engagements),
    skills: chosen,
    createdAt: at,
    publishedAt: at + random.int(0, 1) * 1000,
    renewedAt: null,
    totalApplicants: null,
    applicantsAtMost: random.int(0, 60),
    freelancersToHire: random.chance(0.05) ? 0 : random.pick([1, 1, 1, 1, 2, 3]),
    applied: false,
    premium: random.chance(0.1),
    enterprise: random.chance(0.04),
    preferredFreelancerLocation: random.chance(0.15)
      ? random.some(['United States', 'United Kingdom', 'Europe', 'Canada'], 2)
      : null,
    preferredFreelancerLocationMandatory: random.chance(0.05),
    questions: random.chance(0.4) ? random.some(questions, random.int(1, 3)).map((text) => fill(text, words)) : [],
    coverLetterRequired: random.chance(0.9),
    milestonesAllowed: jobType === 'FIXED' && random.chance(0.6),
    client: drawClient(random),
    status: 'ACTIVE',
  };
}

/** A subcategory with its category; a category name alone stands for its first subcategory. */
export function placeOf(name: string): { category: Subcategory; subcategory: Subcategory } {
  const found = findSubcategory(name);
  if (found) return found;
  const category = findCategory(name);
  const subcategory = category?.subcategories[0];
  if (!category || !subcategory) throw new Error(`There is no category or subcategory ${name}.`);
  return { category, subcategory };
}

function drawTitle(random: Random, words: Record<string, string>, isTaken: (title: string) => boolean): string {
  for (let attempt = 0; attempt < 40; attempt++) {
    const again = { ...words, customer: random.pick(customers) };
    const title = capital(fill(random.pick(titles), again));
    if (!isTaken(title)) return title;
  }
  const base = capital(fill('{work} for {customer} ({skill} and {other})', words));
  for (let part = 1; ; part++) {
    const title = part === 1 ? base : `${base}, part ${part}`;
    if (!isTaken(title)) return title;
  }
}

function drawDescription(random: Random, words: Record<string, string>): string {
  const paragraphs = [
    random.pick(openings),
    random.some(details, random.int(2, 5)).join(' '),
    ...(random.chance(0.4)
      ? [
          random
            .some(details, 3)
            .map((line) => `• ${line}`)
            .join('\n'),
        ]
      : []),
    random.pick(closings),
  ];
  return paragraphs.map((paragraph) => capital(fill(paragraph, words))).join('\n\n');
}

function drawClient(random: Random): Client {
  const [country = '', city = '', state = '', timezone = ''] = random
    .pick(places)
    .split(',')
    .map((part) => part.trim());
  const totalPostedJobs = random.chance(0.2) ? random.int(1, 2) : random.int(3, 120);
  const totalHires = Math.min(totalPostedJobs, Math.round(totalPostedJobs * random.next()));
  const totalReviews = Math.round(totalHires * random.next());
  return {
    totalHires,
    totalPostedJobs,
    totalSpent: totalHires === 0 ? 0 : Math.round(totalHires * random.int(3000, 150_000)) / 100,
    totalReviews,
    totalFeedback: totalReviews === 0 ? 0 : random.int(380, 500) / 100,
    verificationStatus: random.chance(0.8) ? 'VERIFIED' : null,
    country,
    city,
    state,
    timezone,
  };
}

function fill(text: string, words: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (_whole, name: string) => words[name] ?? '');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
