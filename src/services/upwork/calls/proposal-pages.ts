import { z } from 'zod';
import { field } from '../reading/read-value.ts';

/** A status with more pages than this is read to here; newest first, so what is left out is old. */
const pagesAtMost = 50;

const pageInfoShape = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });

/**
 * One page. `edges` is undefined where the list itself could not be read, `hasNextPage` where nothing believable is
 * said of it.
 */
interface ListPage {
  readonly edges?: readonly unknown[];
  readonly hasNextPage?: boolean;
  readonly endCursor?: string;
  readonly problems: readonly string[];
}

/** What an answer says of one page; `problems`: the errors beside it. */
export function pageOf(data: unknown, problems: readonly string[]): ListPage {
  const connection = field(data, 'vendorProposals');
  const edges = field(connection, 'edges');
  const info = pageInfoShape.safeParse(field(connection, 'pageInfo')).data;
  return {
    problems,
    ...(Array.isArray(edges) && { edges }),
    ...(info && { hasNextPage: info.hasNextPage }),
    ...(info?.endCursor && { endCursor: info.endCursor }),
  };
}

/** How the list of one status begins, and whether its entries have that status. */
export interface FirstPage {
  readonly ids: readonly string[];
  readonly isFiltered: boolean;
}

/** The beginning of the list that was given for a status. */
export function firstPage(
  status: string,
  entries: readonly { readonly externalId: string; readonly status: string }[],
): FirstPage {
  return {
    ids: entries.map(({ externalId }) => externalId),
    isFiltered: entries.every((entry) => entry.status.toLowerCase() === status.toLowerCase()),
  };
}

/** Whether a status was ignored: its list is that of an earlier one, and not of its own entries. */
export function isSameList({ ids, isFiltered }: FirstPage, { ids: others }: FirstPage): boolean {
  return !isFiltered && ids.length === others.length && ids.every((id, place) => id === others[place]);
}

/** Why reading cannot go on behind a page that has more behind it, or may have; undefined where it can. */
export function deadEnd(at: {
  readonly hasNextPage: boolean | undefined;
  readonly endCursor: string | undefined;
  readonly after: string | undefined;
  readonly entries: number;
  readonly pages: number;
}): string | undefined {
  if (at.hasNextPage === undefined) return 'nothing says whether more follows.';
  if (at.endCursor === undefined || at.endCursor === at.after || at.entries === 0)
    return 'more follows, and no way to it was given.';
  return at.pages === pagesAtMost ? `more follows than the ${pagesAtMost} pages that are read.` : undefined;
}
