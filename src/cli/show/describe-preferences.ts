import type { JobCriteria, ScanPreferences } from '../../client/operations/answers.ts';
import { clean, sentenceCase } from '../print.ts';
import { describeRange } from './describe-job.ts';

/** The scan preferences, only the criteria that are set. */
export function describePreferences(preferences: ScanPreferences): string {
  const { quietHours: quiet } = preferences;
  const slowed = preferences.effectiveInterval !== preferences.interval;
  const lines = [
    `Scanning: ${preferences.enabled ? 'on' : 'off'}`,
    `Interval: ${clean(preferences.interval)}${slowed ? ` (now ${clean(preferences.effectiveInterval)})` : ''}`,
    `Quiet hours: ${quiet ? clean(`${quiet.start}-${quiet.end}@${quiet.timeZone}`) : 'none'}`,
    `Results per scan: at most ${preferences.maxResultsPerScan}`,
    `Requests a day: about ${preferences.estimatedRequestsPerDay} of ${preferences.requestsPerDay} for scanning`,
    ...describePlan(preferences.requestPlan),
    `Expected delay: ${clean(preferences.expectedLatency)} from posting to push, at best`,
    `Score: ${Object.entries(preferences.scoreWeights)
      .map(([name, weight]) => `${clean(name)} ${weight}`)
      .join(', ')}`,
    `Upwork keeps: ${clean(preferences.serviceFee)} %`,
    ...describeCriteria(preferences.criteria),
  ];
  return [...lines, ...preferences.warnings.map((warning) => `Warning: ${clean(warning.message)}`)].join('\n');
}

/** What else takes requests, as far as it does or is sure of some. */
function describePlan(plan: ScanPreferences['requestPlan']): string[] {
  const others = plan.filter(({ purpose }) => purpose !== 'SCAN');
  const parts = others.map(
    ({ purpose, expected, share }) => `${sentenceCase(purpose).toLowerCase()} about ${expected} (${share} kept)`,
  );
  return parts.length > 0 ? [`Other requests a day: ${parts.join(', ')}`] : [];
}

/** A line for each criterion that is set. */
export function describeCriteria(criteria: JobCriteria): string[] {
  return Object.entries(criteria).flatMap(([name, value]) => {
    const text = describeCriterion(value);
    return text ? [`${sentenceCase(name.replace(/[A-Z]/g, '_$&'))}: ${text}`] : [];
  });
}

function describeCriterion(value: JobCriteria[keyof JobCriteria]): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.map(clean).join(', ');
  if (typeof value === 'object') return describeRange(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return clean(`${value}`);
}
