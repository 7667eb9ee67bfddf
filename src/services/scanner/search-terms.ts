import type { JobCriteria } from '../jobs/model.ts';
import type { SavedSearch } from '../searches/model.ts';

/** What is looked for: the criteria of the preferences, or those of a saved search with its text. */
export type SearchTerms = JobCriteria & { readonly query?: string };

/** What a saved search looks for. */
export function termsOf({ criteria, query }: Pick<SavedSearch, 'criteria' | 'query'>): SearchTerms {
  return { ...criteria, ...(query !== undefined && { query }) };
}
