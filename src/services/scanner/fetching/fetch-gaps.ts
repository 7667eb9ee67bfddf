import type { Posting } from '../../jobs/model.ts';
import type { SearchPage, UpstreamSearch, UpworkClient, UpworkError } from '../../upwork/model.ts';
import { inside, type Stretch } from '../stretch.ts';
import type { FetchedSearch } from './fetch-search.ts';
import { type ListPiece, reachOf, shownBy, withPage } from './list-piece.ts';
import type { FetchLimits } from './model.ts';
import { headInstant, newestInstant } from './posting-instants.ts';
import { nextCursor, pageSize, readPage } from './read-page.ts';

/** Requests for finding the places of gaps, beyond those for reading them. */
const seeksAtMost = 8;
/** Gaps with no more elements between them are read as one. */
const joinedElements = 20;
/** Pages of one search where there is no jumping, whatever is still to come. */
const walkedPagesAtMost = 100;
/** A place is sought this much before where it is expected: postings are closed, and their neighbours move up. */
const marginElements = 10;

/** What was read of the stretches that earlier scans left. */
export interface FetchedGaps {
  readonly postings: readonly Posting[];
  readonly received: number;
  readonly nulled: number;
  readonly pages: number;
  /** Stretches of which everything has been seen, apart from `holes`. */
  readonly seen: readonly Stretch[];
  readonly holes: readonly Stretch[];
  readonly failure?: UpworkError;
}

/** Nothing read. */
export const noGaps: FetchedGaps = { postings: [], received: 0, nulled: 0, pages: 0, seen: [], holes: [] };

/**
 * Reads what earlier scans left, in the order of `limits.gaps`, until the search has brought `most` new postings.
 * Where Upwork's cursors are counts (FACTS §5) it jumps to where a gap is expected, told by what is stored of the
 * time between; else it walks there from the end of `head`. Everything on the way is kept, and so is what was read
 * before a failure.
 *
 * @throws UpworkError `cancelled` alone
 */
export async function fetchGaps(
  upwork: Pick<UpworkClient, 'search'>,
  search: UpstreamSearch,
  head: FetchedSearch,
  limits: FetchLimits,
): Promise<FetchedGaps> {
  const { next } = head;
  if (!next) return noGaps;
  let total = noGaps;
  const brought = new Set(unknownOf(head.postings, limits));
  const pagesAtMost = next.isCount ? Math.ceil(limits.most / pageSize) + seeksAtMost : walkedPagesAtMost;
  const room = () => (total.failure || total.pages >= pagesAtMost ? 0 : limits.most - brought.size);

  const read = async (after: string): Promise<SearchPage | undefined> => {
    const answer = await readPage(upwork, search, { first: Math.min(pageSize, room()), after }, limits);
    if ('failure' in answer) {
      total = { ...total, failure: answer.failure };
      return undefined;
    }
    const { page } = answer;
    for (const id of unknownOf(page.postings, limits)) brought.add(id);
    total = {
      ...total,
      postings: [...total.postings, ...page.postings],
      received: total.received + page.received,
      nulled: total.nulled + page.nulled,
      pages: total.pages + 1,
    };
    return page;
  };
  const keep = (piece: ListPiece) => {
    const { seen, holes } = shownBy(piece);
    total = { ...total, seen: [...total.seen, ...seen], holes: [...total.holes, ...holes] };
  };

  /** How many elements lie in a stretch: those that are stored, and about how many in the gaps it holds. */
  const elementsBetween = (stretch: Stretch) => {
    const unreadMs = inside(stretch, limits.gaps).reduce((sum, { from, to }) => sum + to - from, 0);
    return { stored: limits.storedIn(stretch), unread: Math.round(unreadMs * densityOf(head)) };
  };

  /** Reads one gap from its newer end on, as far as there is room. */
  const readGap = async (gap: Stretch): Promise<void> => {
    let piece: ListPiece = { slots: [], beginMs: head.reachMs, isLast: false };
    let place = { after: next.after, position: head.received };
    let longestJump = Number.POSITIVE_INFINITY;
    while (room() > 0 && reachOf(piece) > gap.from) {
      const between = next.isCount ? elementsBetween({ from: gap.to, to: reachOf(piece) }) : { stored: 0, unread: 0 };
      const jump = Math.min(longestJump, between.stored + between.unread - marginElements);
      // Over what is stored already it is as cheap to walk a page; newer gaps have to wait.
      const isJump = jump >= (between.unread > 0 ? 1 : pageSize);
      const position = isJump ? place.position + jump : place.position;
      const after = isJump ? String(position) : place.after;
      const page = await read(after);
      if (!page) break;
      const end = {
        after: nextCursor(page.endCursor, after, position + page.received),
        position: position + page.received,
      };
      if (!isJump) {
        piece = withPage(piece, page);
        if (page.received === 0 || end.after === after) break;
        place = end;
        continue;
      }
      const landed = withPage({ slots: [], isLast: false }, page);
      if (page.postings.length > 0 && headInstant(page.postings) >= gap.to) {
        keep(piece);
        piece = landed;
        place = end;
      } else {
        // Too far: less has stayed in the list than is stored.
        keep(landed);
        longestJump = Math.floor(jump / 2);
      }
    }
    keep(piece);
  };

  for (const { from, to } of joined(limits)) {
    if (room() <= 0) break;
    const gap = { from, to: Math.min(to, head.reachMs) };
    if (gap.from < gap.to) await readGap(gap);
  }
  return total;
}

/** Gaps with little between them as one: reading on costs no more than jumping. */
function joined({ gaps, storedIn }: Pick<FetchLimits, 'gaps' | 'storedIn'>): Stretch[] {
  return gaps.reduce<Stretch[]>((list, { from, to }) => {
    const last = list.at(-1);
    if (last && storedIn({ from: last.to, to: from }) <= joinedElements) list.splice(-1, 1, { from: last.from, to });
    else list.push({ from, to });
    return list;
  }, []);
}

/** Elements a ms in what was read from the newest on. */
function densityOf({ postings, received, reachMs }: FetchedSearch): number {
  const lengthMs = newestInstant(postings) - reachMs;
  return Number.isFinite(lengthMs) && lengthMs > 0 ? received / lengthMs : 0;
}

function unknownOf(postings: readonly Posting[], { known }: Pick<FetchLimits, 'known'>): string[] {
  const ids = postings.map(({ externalId }) => externalId);
  const stored = known(ids);
  return ids.filter((id) => !stored.has(id));
}
