import type { FieldReading } from '../model.ts';
import { countryCode } from '../reading/country-code.ts';
import { at, count, decimal, elements, field, instant, line, money, timeZone, word } from '../reading/read-value.ts';
import { durationLabels, durations, levels, types, verification } from './words.ts';

/** Whether a value that is there can be read. */
type Reader = (value: unknown, now: Date) => boolean;

const isWord =
  (known: Readonly<Record<string, unknown>>): Reader =>
  (value) =>
    word(value, known) !== undefined;
const isText: Reader = (value) => typeof value === 'string';
const isMoney: Reader = (value) => money(value) !== undefined;
const isCount: Reader = (value) => count(value) !== undefined;
const isInstant: Reader = (value, now) => instant(value, now) !== undefined;
const isList: Reader = (value) => elements(value) !== undefined;
const isCountry: Reader = (value) => countryCode(line(value, 100) ?? '') !== undefined;

/** What is read of a search node, where it stands, and whether it is one of a set of words. */
const fields: readonly [path: string, reads: Reader, kind: 'word' | 'value'][] = [
  ['id', isText, 'value'],
  ['title', isText, 'value'],
  ['description', isText, 'value'],
  ['createdDateTime', isInstant, 'value'],
  ['publishedDateTime', isInstant, 'value'],
  ['experienceLevel', isWord(levels), 'word'],
  ['duration', isWord(durations), 'word'],
  ['durationLabel', isWord(durationLabels), 'word'],
  ['totalApplicants', isCount, 'value'],
  ['amount', isMoney, 'value'],
  ['hourlyBudgetMin', isMoney, 'value'],
  ['hourlyBudgetMax', isMoney, 'value'],
  ['skills', isList, 'value'],
  ['preferredFreelancerLocation', isList, 'value'],
  ['category', isText, 'value'],
  ['job', (value) => typeof value === 'object', 'value'],
  ['job.workFlowState.status', isText, 'value'],
  ['job.contractTerms.contractType', isWord(types), 'word'],
  ['client', (value) => typeof value === 'object', 'value'],
  ['client.verificationStatus', isWord(verification), 'word'],
  ['client.totalSpent', isMoney, 'value'],
  ['client.totalHires', isCount, 'value'],
  ['client.totalPostedJobs', isCount, 'value'],
  ['client.totalReviews', isCount, 'value'],
  ['client.totalFeedback', (value) => decimal(value) !== undefined && Number(value) <= 5, 'value'],
  ['client.location.country', isCountry, 'word'],
  ['client.location.timezone', (value) => timeZone(value) !== undefined, 'word'],
];
/** Which of the two prices a posting has depends on its type, not on how Upwork answers. */
const priceOf: Readonly<Record<string, string>> = { HOURLY: 'hourlyBudget', FIXED: 'amount' };

/**
 * How each field of a node came. A field below one that is missing is not counted (its parent is), nor is the price of the other type of job,
 * nor a field that is not there at all: it was not asked for.
 */
export function fieldReadings(node: unknown, now: Date): FieldReading[] {
  if (typeof node !== 'object' || node === null) return [{ field: 'posting', outcome: 'null' }];
  const type = at(node, 'job', 'contractTerms', 'contractType');
  const price = typeof type === 'string' ? priceOf[type] : undefined;
  return fields.flatMap(([path, reads, kind]): FieldReading[] => {
    const names = path.split('.');
    const parent = at(node, ...names.slice(0, -1));
    const isPrice = path === 'amount' || path.startsWith('hourlyBudget');
    if (typeof parent !== 'object' || parent === null || (isPrice && (!price || !path.startsWith(price)))) return [];
    const value = field(parent, names.at(-1) ?? '');
    const name = `posting.${path}`;
    if (value === undefined) return [];
    if (value === null) return [{ field: name, outcome: 'null' }];
    if (reads(value, now)) return [{ field: name, outcome: 'read' }];
    return [{ field: name, outcome: kind === 'word' && typeof value === 'string' ? 'unknown' : 'unreadable', value }];
  });
}
