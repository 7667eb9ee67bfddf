import type { Posting } from '../../jobs/model.ts';
import { type SearchPage, type UpstreamSearch, type UpworkClient, UpworkError } from '../../upwork/model.ts';
import type { FetchLimits } from './model.ts';

/** Elements asked for at once: the page size seen live (FACTS §5); the largest allowed is unknown. */
export const pageSize = 50;

/** One page, or why there is none. */
export type PageRead = { readonly page: SearchPage } | { readonly failure: UpworkError };

/**
 * Reads one page of a search. `onPage` is called after it.
 * @throws UpworkError `cancelled` alone
 */
export async function readPage(
  upwork: Pick<UpworkClient, 'search'>,
  search: UpstreamSearch,
  place: { readonly first: number; readonly after: string },
  { signal, onPage }: Pick<FetchLimits, 'signal' | 'onPage'>,
): Promise<PageRead> {
  let page: SearchPage;
  try {
    page = await upwork.search(search, place, { purpose: 'SCAN', signal });
  } catch (error) {
    if (error instanceof UpworkError && error.code !== 'cancelled') return { failure: error };
    throw error;
  }
  onPage();
  return { page };
}

/** The list as it was received, nothing in place of what was nulled. */
export function slotsOf({ postings, nulledAt = [] }: SearchPage): (Posting | undefined)[] {
  const slots: (Posting | undefined)[] = [...postings];
  for (const place of nulledAt) slots.splice(place, 0, undefined);
  return slots;
}

/**
 * The cursor of the next page (FACTS §5): the end cursor where it is a new one, else the count of elements received.
 */
export function nextCursor(endCursor: string | undefined, sent: string, received: number): string {
  return endCursor !== undefined && endCursor !== '' && endCursor !== sent ? endCursor : String(received);
}
