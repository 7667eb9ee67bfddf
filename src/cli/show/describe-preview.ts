import type { Diagnosis, SearchPreview } from '../../client/operations/filter-answers.ts';
import { clean, withoutMilliseconds } from '../print.ts';
import { describeJobs } from './describe-job.ts';

/** What a filter would have done, with a sample of what it matches. */
export function describePreview(preview: SearchPreview, isCompared: boolean): string {
  const { matches, matchesPerDay, peakPerHour, onlyBefore, onlyBeforeCount, onlyNow, onlyNowCount, sample } = preview;
  const examined = preview.funnel[0];
  const lines = [
    `Examined: ${examined?.output ?? 0} jobs posted since ${withoutMilliseconds(preview.since)}`,
    `Matches: ${matches}, ${matchesPerDay} a day, at most ${peakPerHour} an hour`,
    ...(isCompared ? [`Beside the saved search: ${onlyNowCount} gained, ${onlyBeforeCount} lost`] : []),
    ...describeFunnel(preview.funnel.slice(1)),
    ...describeSuggestions(preview.suggestions),
  ];
  if (isCompared && onlyNow.length > 0) lines.push('', heading('Gained', onlyNow, onlyNowCount), describeJobs(onlyNow));
  if (isCompared && onlyBefore.length > 0)
    lines.push('', heading('Lost', onlyBefore, onlyBeforeCount), describeJobs(onlyBefore));
  if (sample.length > 0) lines.push('', describeJobs(sample));
  return lines.join('\n');
}

function heading(what: string, { length }: readonly unknown[], count: number): string {
  return length < count ? `${what} (the newest ${length} of ${count}):` : `${what}:`;
}

/** Why a job passes a filter or does not: each criterion, what was asked for, what the job has. */
export function describeWhy({ summary, funnel, suggestions }: Diagnosis): string {
  const steps = funnel.map(
    ({ name, description, output }) => `  ${output > 0 ? 'yes' : 'NO '}  ${clean(name)}: ${clean(description)}`,
  );
  return [clean(summary), ...steps, ...describeSuggestions(suggestions)].join('\n');
}

/** A line for each step: how many went in, how many came out, what dropped them. */
export function describeFunnel(funnel: Diagnosis['funnel']): string[] {
  return funnel.map(({ name, input, output, reasons }) => {
    const dropped = reasons.map((reason) => `${clean(reason.criterion)} ${reason.dropped}`).join(', ');
    return `  ${clean(name)}: ${input} → ${output}${dropped ? ` (dropped: ${dropped})` : ''}`;
  });
}

/** A line for each suggestion. */
export function describeSuggestions(suggestions: Diagnosis['suggestions']): string[] {
  return suggestions.map(({ message }) => `Suggestion: ${clean(message)}`);
}
