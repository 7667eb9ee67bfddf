import type { SavedSearch } from '../../services/searches/model.ts';
import { builder } from '../builder.ts';
import { JobCriteriaRef } from '../criteria/criteria.ts';

export const SavedSearchRef = builder.objectRef<SavedSearch>('SavedSearch').implement({
  description:
    'A named filter. With `scan: true` it is also asked of Upwork at every scan, within the request budget; without, it judges what is read anyway.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Stable id, `search_…`.' }),
    name: t.exposeString('name', { description: 'What you call it.' }),
    query: t.exposeString('query', { nullable: true, description: 'Full text, as `jobs(query:)` takes it.' }),
    criteria: t.expose('criteria', { type: JobCriteriaRef, description: 'What a job must meet.' }),
    scan: t.exposeBoolean('scan', { description: 'Whether it is asked of Upwork at every scan.' }),
    enabled: t.exposeBoolean('enabled', { description: 'False: it does nothing.' }),
    snoozedUntil: t.expose('snoozedUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'Until then it collects matches and announces none by itself.',
    }),
    lastScanAt: t.expose('lastScanAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last asked of Upwork; null before, and for one that never is.',
    }),
    notify: t.exposeBoolean('notify', { description: 'Whether jobs that match nothing else are announced.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed by hand.' }),
    version: t.exposeInt('version', { description: 'Grows with every change; send it as `expectedVersion`.' }),
  }),
});
