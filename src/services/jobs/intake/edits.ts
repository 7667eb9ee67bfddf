import type { Content } from './content.ts';

/**
 * The content after another reading. What is left out this time stays as it was known (Upwork withholds fields now and
 * then, FACTS §5), so that a partial answer is no edit; what belongs together is replaced together.
 */
export function mergeContent(stored: Content, read: Content): Content {
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
    const isOtherMoney = differs('currency') && keys.some((key) => amounts.includes(key) && after[key] !== null);
    return isOtherMoney || keys.some(differs) ? [name] : [];
  });
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
