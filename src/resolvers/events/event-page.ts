import { pageSizeMax } from '../../schema/page.ts';
import type { EventType } from '../../services/events/model.ts';
import { RefusedError } from '../../services/failures/model.ts';
import type { Services } from '../../services/model.ts';
import { withoutNull } from '../inputs/without.ts';
import { deliverEvent } from './deliver-event.ts';

interface EventPageArguments {
  readonly types?: readonly EventType[] | null | undefined;
  readonly after?: string | null | undefined;
  readonly first?: number | null | undefined;
}

/**
 * A page of the log. Events whose subject is gone are left out, so a page may be shorter than asked; `endCursor` is that of the last entry read, and
 * the cursor that was sent where nothing followed.
 * @throws RefusedError BAD_USER_INPUT for a page that is too large or a cursor that is not ours, CURSOR_EXPIRED
 */
export function eventPage(services: Services, { types, after, first }: EventPageArguments) {
  const limit = first ?? pageSizeMax;
  if (limit < 0 || limit > pageSizeMax)
    throw new RefusedError('BAD_USER_INPUT', `\`first\` must be between 0 and ${pageSizeMax}, not ${limit}.`);
  const { events } = services;
  const position = after == null ? undefined : events.position(after);
  const entries = events.read({ ...withoutNull({ types, after: position }), limit: limit + 1 });
  const read = entries.slice(0, limit);
  const edges = read.flatMap((entry) => {
    const node = deliverEvent({ ...entry, replayed: true }, services);
    return node ? [{ node, cursor: entry.cursor }] : [];
  });
  const pageInfo = {
    hasNextPage: entries.length > limit,
    hasPreviousPage: false,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: read.at(-1)?.cursor ?? after ?? null,
  };
  return { edges, pageInfo };
}
