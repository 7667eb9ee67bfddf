import { type JobFacet, type JobFacetName, jobFacetNames } from '../../services/jobs/model.ts';
import { builder } from '../builder.ts';
import { inTurn } from '../in-turn.ts';
import { type FoundJob, JobRef } from './job.ts';
import { JobFacetNameRef } from './job-enums.ts';

const JobFacetBucketRef = builder.objectRef<JobFacet['buckets'][number]>('JobFacetBucket').implement({
  description: 'How many jobs share a value.',
  fields: (t) => ({
    value: t.exposeString('value', { description: 'The value, as a filter takes it.' }),
    label: t.exposeString('label', { description: 'The value, for people.' }),
    count: t.exposeInt('count', { description: 'How many jobs have it.' }),
  }),
});

const JobFacetRef = builder.objectRef<JobFacet>('JobFacet').implement({
  description: 'Jobs counted by one trait.',
  fields: (t) => ({
    name: t.expose('name', { type: JobFacetNameRef, description: 'The trait.' }),
    buckets: t.expose('buckets', { type: [JobFacetBucketRef], description: 'Its values, most frequent first.' }),
  }),
});

/** What a page of jobs can be asked beside its edges. */
export interface JobCounts {
  readonly count: () => { readonly count: number; readonly exact: boolean };
  readonly facets: (names: readonly JobFacetName[]) => readonly JobFacet[];
}

interface JobPage extends JobCounts {
  readonly edges: { readonly node: FoundJob; readonly cursor: string; readonly rank?: number }[];
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean };
}

export const JobConnectionRef = builder.connectionObject<typeof JobRef, JobPage>(
  {
    type: JobRef,
    name: 'JobConnection',
    description: 'A page of jobs.',
    fields: (t) => ({
      totalCount: t.int({
        description: 'How many there are in all. Counted at most to 10 000.',
        resolve: (page) => page.count().count,
      }),
      totalCountIsExact: t.boolean({
        description: 'False where counting stopped at 10 000.',
        resolve: (page) => page.count().exact,
      }),
      facets: t.field({
        type: [JobFacetRef],
        description: 'All jobs of the list, not only of this page, counted by traits.',
        args: {
          names: t.arg({ type: [JobFacetNameRef], description: 'Which traits; all when left out.' }),
        },
        // Each trait looks at every job of the list: others have their turn between two.
        resolve: async (page, { names }, context) => {
          const facets: JobFacet[] = [];
          for (const name of new Set(names ?? jobFacetNames)) {
            facets.push(...(await inTurn(context, () => page.facets([name]))));
          }
          return facets;
        },
      }),
    }),
  },
  {
    name: 'JobEdge',
    description: 'A job with its place in the list.',
    fields: (t) => ({
      rank: t.float({
        nullable: true,
        description: 'Full-text rank when a query was given.',
        resolve: (edge) => (edge as JobPage['edges'][number]).rank ?? null,
      }),
    }),
  },
);
