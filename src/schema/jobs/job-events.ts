import type { Scan } from '../../services/scanner/model.ts';
import type { SavedSearch } from '../../services/searches/model.ts';
import { builder } from '../builder.ts';
import { type Envelope, EventRef } from '../events/event.ts';
import { ScanRef } from '../scans/scan.ts';
import { SavedSearchRef } from '../searches/saved-search.ts';
import { type FoundJob, JobRef } from './job.ts';

export type JobPosted = Envelope<'JOB_POSTED'> & {
  readonly job: FoundJob;
  readonly scan?: Scan;
  readonly matchedSearches: readonly SavedSearch[];
};
export type JobUpdated = Envelope<'JOB_UPDATED'> & { readonly job: FoundJob; readonly changed: readonly string[] };

export const JobPostedEventRef = builder.objectRef<JobPosted>('JobPostedEvent').implement({
  description: 'A new job that matches what you asked for.',
  interfaces: [EventRef],
  fields: (t) => ({
    job: t.expose('job', { type: JobRef, description: 'The job, as it is now.' }),
    scan: t.expose('scan', { type: ScanRef, nullable: true, description: 'The scan that found it.' }),
    matchedSearches: t.field({
      type: [SavedSearchRef],
      description: 'Saved searches it matched when it was found, without those deleted since.',
      resolve: ({ matchedSearches }) => [...matchedSearches],
    }),
  }),
});

export const JobUpdatedEventRef = builder.objectRef<JobUpdated>('JobUpdatedEvent').implement({
  description: 'A job has changed, on the platform or by your hand.',
  interfaces: [EventRef],
  fields: (t) => ({
    job: t.expose('job', { type: JobRef, description: 'The job, as it is now.' }),
    changed: t.exposeStringList('changed', { description: 'Names of the fields of `Job` that changed.' }),
  }),
});
