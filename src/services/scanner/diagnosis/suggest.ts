import type { Clock } from '../../../clock.ts';
import type { Budget } from '../../budget/model.ts';
import type { JobService } from '../../jobs/model.ts';
import type { UpworkClient } from '../../upwork/model.ts';
import type { ScanLedger } from '../ledger/ledger.ts';
import type { ScanSuggestion, ScanVerdict } from '../model.ts';
import type { ScanResult, ScanTask } from '../scan-task.ts';
import { probeUpstream } from './probe-upstream.ts';
import { suggestRelaxing } from './suggestions.ts';

/** What suggesting needs. */
export interface SuggestDeps {
  readonly clock: Pick<Clock, 'now'>;
  readonly budget: Pick<Budget, 'state'>;
  readonly upwork: Pick<UpworkClient, 'search'>;
  readonly jobs: Pick<JobService, 'countMatching'>;
  readonly ledger: Pick<ScanLedger, 'lastEmpty'>;
}

/** Makes what suggests how a scan would find more. Only scans without a new job are worth the work. */
export function createSuggest({ clock, budget, upwork, jobs, ledger }: SuggestDeps) {
  return async (task: ScanTask, result: ScanResult, verdict: ScanVerdict): Promise<readonly ScanSuggestion[]> => {
    if (result.tally.counts().new > 0) return [];
    if (verdict !== 'UPSTREAM_EMPTY') return suggestRelaxing(jobs, result.criteria, result.tally.soleDroppers());
    // One set of probes a day, while preferences and emptiness stay: the requests are better spent on scans.
    const earlier = task.isRegular ? ledger.lastEmpty(task.scan) : undefined;
    if (earlier && dayOf(earlier.at) === dayOf(clock.now())) return earlier.suggestions;
    return probeUpstream({ upwork, budget }, task.criteria, result.resolved, task.signal);
  };
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
