import type { NextAction } from '../../connection/model.ts';
import type { Unread } from '../coverage/model.ts';
import type { Fetched } from '../fetching/fetch-postings.ts';
import type {
  ScanCounts,
  ScanDiagnosis,
  ScanDropReason,
  ScanFunnelStep,
  ScanSuggestion,
  ScanVerdict,
} from '../model.ts';

/** Nothing for a person to do. */
export const nothingToDo: NextAction = { kind: 'NONE', message: 'Nothing to do.' };

/** The diagnosis of an attempt that asked nothing of Upwork, or got nothing: one sentence why, and what to do. */
export function diagnoseAbsence(
  verdict: ScanVerdict,
  summary: string,
  nextAction: NextAction = nothingToDo,
): ScanDiagnosis {
  return { verdict, summary, funnel: [], suggestions: [], nextAction };
}

/** What a scan that read something has to explain itself with. */
export interface Evidence {
  readonly verdict: ScanVerdict;
  readonly counts: ScanCounts;
  readonly fetched: Fetched;
  readonly reasons: readonly ScanDropReason[];
  readonly suggestions: readonly ScanSuggestion[];
  readonly isBaseline: boolean;
  readonly isDryRun: boolean;
  /** What else there is to say, a sentence each. */
  readonly notes: readonly string[];
  /** What the bound has left for the next scans. */
  readonly unread?: Unread;
  /** Of the preferences. */
  readonly maxResults: number;
  /** What kept a part from being read. */
  readonly failureMessage?: string;
  readonly nextAction: NextAction;
}

/** Why a scan found what it found: verdict, one or two sentences, the funnel, and what would change it. */
export function diagnose(evidence: Evidence): ScanDiagnosis {
  const { verdict, suggestions, nextAction } = evidence;
  return { verdict, summary: summaryOf(evidence), funnel: funnelOf(evidence), suggestions, nextAction };
}

function summaryOf(evidence: Evidence): string {
  const { fetched, failureMessage, notes, isDryRun } = evidence;
  const sentences = [findings(evidence)];
  if (fetched.nulled > 0)
    sentences.push(
      `${fetched.nulled} of the postings could not be read this time: Upwork withheld them, or sent them without an id.`,
    );
  if (fetched.isBroken) sentences.push('Upwork said there was more, but its pages broke off.');
  if (failureMessage !== undefined) sentences.push(`A part could not be read: ${failureMessage}`);
  if (evidence.unread) sentences.push(leftUnread(evidence.unread, evidence.maxResults));
  sentences.push(...notes);
  if (isDryRun) sentences.push('This was a dry run: nothing was stored, nobody was told.');
  return sentences.join(' ');
}

function leftUnread({ about }: Unread, maxResults: number): string {
  const count = about === undefined ? 'Postings' : about === 1 ? 'About one posting' : `About ${about} postings`;
  return (
    `${count} of earlier hours could not be read yet; the next scans read on, the oldest first. ` +
    `More than ${maxResults} for \`max_results_per_scan\`, or a shorter interval, reads them sooner.`
  );
}

function findings({ verdict, counts, isBaseline, reasons }: Evidence): string {
  const { fetched, updated } = counts;
  const most = reasons[0];
  const strictest = most ? ` Most, ${most.dropped}, were kept out by \`${most.criterion}\`.` : '';
  if (isFound(verdict) && isBaseline && counts.notified === 0)
    return `${counts.new} found. This first look is the starting point: what is posted from now on is announced.`;
  switch (verdict) {
    case 'HEALTHY':
    case 'PARTLY_READ':
      return `${counts.new} new among ${fetched} postings; ${counts.duplicates} known, ${updated} updated, ${counts.filteredOut} filtered out.`;
    case 'ALL_FILTERED':
      return `Upwork showed ${fetched} postings, and nothing new among them passed your criteria.${strictest}`;
    case 'ALL_DUPLICATES':
      return `All ${fetched} postings were known already, the ones posted since the last scan too.`;
    case 'NO_NEW_POSTINGS':
      return `Nothing has been posted since the last scan: all ${fetched} postings were known${updated > 0 ? `, ${updated} of them have changed` : ''}.`;
    case 'UPSTREAM_EMPTY':
      return 'Upwork answered, and has no posting at all for these keywords, skills, categories, job types and levels.';
    default:
      return fetched === 0 ? 'Nothing could be read.' : `${fetched} postings were read, nothing new among them.`;
  }
}

function isFound(verdict: ScanVerdict): boolean {
  return verdict === 'HEALTHY' || verdict === 'PARTLY_READ';
}

function funnelOf({ fetched, counts, reasons }: Evidence): ScanFunnelStep[] {
  const readable = fetched.received - fetched.nulled;
  const kept = counts.fetched;
  const matched = kept - counts.filteredOut;
  const step = (
    name: string,
    description: string,
    input: number,
    output: number,
    why: readonly ScanDropReason[] = [],
  ): ScanFunnelStep => ({ name, description, input, output, reasons: why });
  return [
    step('fetched', 'Postings on the pages of Upwork, without those it withheld', fetched.received, readable),
    step('deduplicated', 'Each posting once, however many searches and pages showed it', readable, kept),
    step('matched', 'Postings that pass your criteria or match a saved search', kept, matched, reasons),
    step('new', 'Matches that were not known before', matched, counts.new),
  ];
}
