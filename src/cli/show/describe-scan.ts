import type { Scan } from '../../client/operations/answers.ts';
import { clean, sentenceCase } from '../print.ts';
import { describeFunnel, describeSuggestions } from './describe-preview.ts';

const endings = new Set(['SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED', 'SKIPPED', 'INTERRUPTED']);

/** True when nothing more will come of the scan. */
export function isOver(status: string): boolean {
  return endings.has(status);
}

/** True when a scan that is over found out what it was to find out. */
export function hasSucceeded(status: string): boolean {
  return status === 'SUCCEEDED' || status === 'PARTIAL';
}

/** The end of a scan: status, counts, verdict, and what would change it. */
export function describeScan(scan: Scan, options: { dryRun: boolean }): string {
  const { counts, diagnosis, incident } = scan;
  const lines = [
    `Scan: ${clean(scan.id)}${options.dryRun ? ' (dry run: nothing stored, nobody told)' : ''}`,
    `Status: ${sentenceCase(scan.status)}`,
    `Found: ${counts.fetched}, new ${counts.new}, updated ${counts.updated}, known ${counts.duplicates}, filtered out ${counts.filteredOut}`,
    `Requests to Upwork: ${counts.upstreamRequests}`,
  ];
  if (incident) lines.push(`Problem: ${clean(incident.message)}`);
  if (!diagnosis) return lines.join('\n');
  lines.push(`Verdict: ${sentenceCase(diagnosis.verdict)}. ${clean(diagnosis.summary)}`);
  lines.push(...describeFunnel(diagnosis.funnel), ...describeSuggestions(diagnosis.suggestions));
  const { kind, command, message } = diagnosis.nextAction;
  if (kind !== 'NONE') lines.push(`Next step: ${clean(command ?? message)}`);
  return lines.join('\n');
}
