import type { CriterionName, StoredBatch } from '../../jobs/model.ts';
import type { ScanCounts, ScanDropReason } from '../model.ts';

/** The count of what a scan made of its postings. */
export interface Tally {
  add(outcome: StoredBatch['outcomes'][number], isAnnounced: boolean): void;
  counts(): Pick<ScanCounts, 'fetched' | 'duplicates' | 'updated' | 'filteredOut' | 'new' | 'notified'>;
  /** Criteria that kept postings out, those that kept out the most first; nearest misses as samples. */
  reasons(): ScanDropReason[];
  /** Criteria that alone kept postings out, the strictest first. */
  soleDroppers(): CriterionName[];
}
