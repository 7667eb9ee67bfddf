import type { UserFailure } from '../failures/model.ts';
import type { JobCriteria } from './criteria/model.ts';
import type { Job } from './job.ts';
import type { JobFacet, JobFacetName, JobFilter, JobsQuery, Page } from './listing/model.ts';
import type { JobTriage } from './posting.ts';

export * from './criteria/model.ts';
export * from './intake/model.ts';
export * from './job.ts';
export * from './listing/model.ts';
export * from './posting.ts';
export * from './score/model.ts';

/** What others ask of the stored jobs. */
export interface JobService {
  byId(id: string): Job | undefined;
  bySeq(seq: number): Job | undefined;
  /** Any id form: numeric, `~01…`/`~02…`, or a URL that ends in one. */
  byExternalId(externalId: string): Job | undefined;
  /** One page. `highlights`/`excerpt` of a text query are asked separately. @throws RefusedError BAD_USER_INPUT */
  list(query: JobsQuery): Page<Job, { readonly rank?: number }>;
  /** Counted at most to 10,000. */
  count(query: JobsQuery): { count: number; exact: boolean };
  facets(query: JobsQuery, names: readonly JobFacetName[]): JobFacet[];
  /** HTML-escaped fragments with `<mark>` around the matches of the text query. */
  highlights(job: Job, query: string): string[];
  /** Plain text; with a query the matching part. `length` in characters. */
  excerpt(job: Job, length: number, query?: string): string;
  /** Does this stored job pass the filter? For live subscriptions. */
  passes(jobId: string, filter: JobFilter): boolean;
  /** Judges a filter without asking for a job. @throws RefusedError BAD_USER_INPUT for one that can never be used */
  checkFilter(filter: JobFilter): void;
  /** @throws DomainError NOT_FOUND, VALIDATION */
  update(input: {
    jobId: string;
    triage?: JobTriage | null;
    notes?: string | null;
    tags?: readonly string[] | null;
  }): Job;
  triage(jobIds: readonly string[], triage: JobTriage): { jobs: Job[]; missing: string[] };
  /** Problems of criteria: contradictions, unknown words, empty ranges; empty when fine. */
  checkCriteria(criteria: JobCriteria): UserFailure[];
  /** How many stored jobs the criteria match, among those whose content is kept, and since when that is. */
  countMatching(criteria: JobCriteria): { count: number; since: Date };
  /** Empties the content of postings past their retention; returns how many. */
  purgeExpired(): number;
  /** Deletes everything taken from the platform; returns how many records. */
  purgeAll(): number;
}
