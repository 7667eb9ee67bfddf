import { checkCriteria } from '../../../../src/services/jobs/criteria/check-criteria.ts';
import type { JobCriteria } from '../../../../src/services/jobs/model.ts';
import { createPreview } from '../../../../src/services/preview/preview.ts';
import type { SavedSearch } from '../../../../src/services/searches/model.ts';
import { retentionMs, setUp } from '../jobs/set-up.ts';

/** Previews over jobs of a database of their own. */
export function setUpPreview(preferred: JobCriteria = {}, searches: readonly SavedSearch[] = []) {
  const app = setUp();
  let inForce = preferred;
  const { preview, whyNot } = createPreview({
    ...app,
    preferences: { current: () => ({ criteria: inForce }) as never },
    searches: { byId: (id) => searches.find((search) => search.id === id) },
    retentionMs,
  });
  const prefer = (criteria: JobCriteria) => {
    inForce = criteria;
  };
  return { ...app, preview, whyNot, prefer };
}

/** A saved search with these parts. */
export function aSearch(more: Partial<SavedSearch>): SavedSearch {
  const at = new Date('2026-10-01T00:00:00Z');
  return {
    seq: 1,
    id: 'search_1',
    name: 'Mine',
    criteria: {},
    scan: false,
    enabled: true,
    notify: true,
    channelIds: [],
    createdAt: at,
    updatedAt: at,
    version: 1,
    ...more,
  };
}

/** What a patch of a suggestion makes of criteria once it has been sent, as the API reads it. Undefined where it is refused. */
export function patched(criteria: JobCriteria, patch: Readonly<Record<string, unknown>> = {}): JobCriteria {
  const { maximumAge, ...rest } = patch;
  const sent = {
    ...rest,
    ...('maximumAge' in patch && { maximumAgeMs: maximumAge === null ? null : msOf(maximumAge) }),
  };
  const whole = Object.fromEntries(Object.entries({ ...criteria, ...sent }).filter(([, value]) => value !== null));
  if (checkCriteria(whole).length > 0) throw new Error(`Refused: ${JSON.stringify(whole)}`);
  return whole;
}

function msOf(duration: unknown): number {
  const [, count, unit] = /^PT(\d+)([HMS])$/.exec(String(duration)) ?? [];
  return Number(count) * { H: 3_600_000, M: 60_000, S: 1_000 }[unit as 'H' | 'M' | 'S'];
}
