import type { Account, Organization } from '../oauth/accounts.ts';
import type { Settings } from '../settings.ts';
import type { Posting } from '../world/posting.ts';
import type { World } from '../world/world.ts';
import { jobDetail, searchNode } from './job-answers.ts';
import { type SearchFilter, type SortField, searchPostings } from './search.ts';
import { refusal } from './upwork-error.ts';

/** Who asks, for whom, and when. */
export interface Caller {
  account: Account;
  /** The tenant of the request. */
  organization: Organization;
  /** World time, milliseconds since 1970. */
  now: number;
}

/** Arguments of `marketplaceJobPostingsSearch`. */
export interface SearchArguments {
  marketPlaceJobFilter?: SearchFilter | null;
  sortAttributes?: ({ field: SortField } | null)[] | null;
}

/** The queries about postings. `hasApplied` knows the caller's proposals. */
export function createJobQueries(
  world: World,
  settings: Settings,
  hasApplied: (caller: Caller, posting: Posting) => boolean,
) {
  return {
    marketplaceJobPostingsSearch: ({ marketPlaceJobFilter, sortAttributes }: SearchArguments, caller: Caller) => {
      const filter = marketPlaceJobFilter ?? {};
      const { first, offset } = readPage(filter, settings);
      const field = sortAttributes?.[0]?.field ?? 'RECENCY';
      const found = searchPostings(world.list(), filter, field, caller.now, () => false);
      const page = found.slice(offset, offset + first);
      const cursorAt = (position: number) => writeCursor(position, settings);
      return {
        totalCount: found.length,
        edges: page.map((posting, index) => ({
          cursor: cursorAt(offset + index + 1),
          node: searchNode(posting, caller.now, posting.applied || hasApplied(caller, posting)),
        })),
        pageInfo: { endCursor: cursorAt(offset + page.length), hasNextPage: offset + page.length < found.length },
      };
    },
    marketplaceJobPosting: ({ id }: { id: string }, caller: Caller) => {
      // A ciphertext is no id here: 404 (FACTS §5).
      const posting = world.find(id);
      if (!posting) throw refusal('404 Not Found: job posting not found', 'DataFetchingException');
      return jobDetail(posting, caller.now);
    },
  };
}

/** Without the input the first ten; with it, but without `after`, "Exception occurred" (FACTS §5, paging). */
function readPage({ pagination_eq: page }: SearchFilter, settings: Settings): { first: number; offset: number } {
  if (!page) return { first: 10, offset: 0 };
  const offset = readCursor(page.after ?? '', settings);
  if (offset === undefined) throw refusal('Exception occurred', 'DataFetchingException');
  if (page.first < 1 || page.first > settings.maxPageSize)
    throw refusal('VJCA-6: Input parameter provided has incorrect value', 'DataFetchingException');
  return { first: page.first, offset };
}

function writeCursor(position: number, { cursors }: Settings): string {
  return cursors === 'count' ? String(position) : Buffer.from(`page:${position}:end`).toString('base64url');
}

function readCursor(cursor: string, { cursors }: Settings): number | undefined {
  if (cursor === '0') return 0;
  const text = cursors === 'count' ? cursor : /^page:(\d+):end$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  return text !== undefined && /^\d{1,7}$/.test(text) ? Number(text) : undefined;
}
