import { slugOf } from '../../categories/model.ts';
import type { Posting } from '../model.ts';
import type { Content } from './content.ts';

/**
 * The content after another reading. What is left out this time stays as it was known (Upwork withholds fields now and
 * then, FACTS §5), so that a partial answer is no edit; what belongs together is replaced together.
 */
export function mergeContent(stored: Content, given: Content): Content {
  const read = withoutSlugs(stored, given);
  const merged: Record<string, unknown> = { ...stored };
  for (const key of Object.keys(read) as (keyof Content)[]) if (!isLeftOut(key, read)) merged[key] = read[key];
  for (const group of together) {
    if (group.some((key) => contradicts(key, stored, read))) for (const key of group) merged[key] = read[key];
  }
  // Of a job that has become fixed-price the hourly range is gone, not withheld.
  if (contradicts('type', stored, read)) for (const key of money) merged[key] = read[key];
  return merged as unknown as Content;
}

/** Names of the fields of `Job` that differ. */
export function changedFields(before: Content, after: Content): string[] {
  const differs = (key: keyof Content) => before[key] !== after[key];
  return Object.entries(fields).flatMap(([name, keys]) => {
    if (name === 'category') return levels.some((level) => isOtherCategory(before, after, level)) ? [name] : [];
    const isOtherMoney = differs('currency') && keys.some((key) => amounts.includes(key) && after[key] !== null);
    return isOtherMoney || keys.some(differs) ? [name] : [];
  });
}

/** What was read, without the lists of which Upwork withheld entries. */
export function withoutHoles(read: Content, { incomplete = [] }: Pick<Posting, 'incomplete'>): Content {
  return { ...read, ...Object.fromEntries(incomplete.map((name) => [name, '[]'])) };
}

const levels = ['category', 'subcategory'] as const;

/** What was read, without the slugs of categories whose labels are stored: they say the same with less. */
function withoutSlugs(stored: Content, read: Content): Content {
  const said = levels.filter((level) => {
    const [known, label] = [stored[`${level}_label`], read[`${level}_label`]];
    return read[`${level}_id`] === null && known !== null && label !== null && slugOf(known) === label.toLowerCase();
  });
  return { ...read, ...Object.fromEntries(said.map((level) => [`${level}_label`, null])) };
}

/** A label in place of its slug is no other category. */
function isOtherCategory(before: Content, after: Content, level: (typeof levels)[number]): boolean {
  const [one, other] = [before, after].map((content) => content[`${level}_label`]);
  if (one && other && slugOf(one) === slugOf(other)) return false;
  return one !== other || before[`${level}_id`] !== after[`${level}_id`];
}

const amounts: readonly (keyof Content)[] = ['hourly_min', 'hourly_max', 'fixed_budget'];
const money = [...amounts, 'currency'] as const;
const together: readonly (readonly (keyof Content)[])[] = [
  ['category_id', 'category_label'],
  ['subcategory_id', 'subcategory_label'],
  money,
];
const fields: Readonly<Record<string, readonly (keyof Content)[]>> = {
  title: ['title'],
  description: ['description'],
  type: ['type'],
  hourlyRate: ['hourly_min', 'hourly_max'],
  fixedBudget: ['fixed_budget'],
  connectsRequired: ['connects_required'],
  experienceLevel: ['experience_level'],
  workload: ['workload'],
  duration: ['duration'],
  preferredFreelancerLocations: ['preferred_locations', 'location_mandatory'],
  category: ['category_id', 'category_label', 'subcategory_id', 'subcategory_label'],
  skills: ['skills'],
  screeningQuestions: ['questions'],
  client: ['client_external_id', 'client_country', 'client_city', 'client_time_zone', 'client_verified'],
  state: ['state'],
};

function contradicts(key: keyof Content, stored: Content, read: Content): boolean {
  return !isLeftOut(key, stored) && !isLeftOut(key, read) && stored[key] !== read[key];
}

function isLeftOut(key: keyof Content, content: Content): boolean {
  const value = content[key];
  return value === null || value === '' || value === '[]' || (key === 'state' && value === 'UNKNOWN');
}
