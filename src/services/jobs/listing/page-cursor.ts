import { createHash } from 'node:crypto';
import { badInput } from '../refuse.ts';

/**
 * A place in an ordered list: between what stands before and behind the job it was made for, whatever comes and goes.
 */
export interface Place {
  /** The value the list is ordered by; null stands last. */
  readonly key: number | null;
  readonly seq: number;
}

/** Names the list a cursor is of: another order or another text query makes another list. */
export function listTag(order: string, query: string | null | undefined): string {
  const text = query?.trim() ?? '';
  return text === '' ? order : `${order} ${createHash('sha256').update(text).digest('base64url').slice(0, 8)}`;
}

/** An opaque cursor. */
export function encodeCursor(tag: string, { key, seq }: Place): string {
  return Buffer.from(JSON.stringify([tag, key, seq])).toString('base64url');
}

/** The place a cursor of the list `tag` stands for. @throws RefusedError BAD_USER_INPUT for any other text */
export function decodeCursor(tag: string, cursor: string): Place {
  const [itsTag, key, seq, ...rest] = parse(cursor);
  const isPlace = (key === null || Number.isSafeInteger(key)) && Number.isSafeInteger(seq) && rest.length === 0;
  if (typeof itsTag !== 'string' || !isPlace) {
    throw badInput('This is no cursor of a list of jobs. Use `pageInfo.endCursor` or the `cursor` of an edge.');
  }
  if (itsTag !== tag) {
    throw badInput('This cursor is of another order or another query. Start this list without one.');
  }
  return { key: key as number | null, seq: seq as number };
}

function parse(cursor: string): readonly unknown[] {
  if (!/^[\w-]{4,400}$/.test(cursor)) return [];
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
