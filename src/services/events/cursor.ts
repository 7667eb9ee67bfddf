import { RefusedError } from '../failures/model.ts';

/** The cursor of position `seq` in the log of database `storeId`. Opaque to clients. */
export function cursorOf(storeId: string, seq: number): string {
  return `${storeId}-${seq}`;
}

/**
 * The position a cursor stands for.
 * @throws RefusedError BAD_USER_INPUT for anything that this database did not hand out (F75)
 */
export function seqOf(storeId: string, cursor: string): number {
  const match = /^([0-9a-f]{16})-(\d{1,15})$/.exec(cursor);
  if (!match)
    throw new RefusedError(
      'BAD_USER_INPUT',
      'This is no cursor. Use the `cursor` of an event or `system.latestEventCursor`.',
    );
  if (match[1] !== storeId)
    throw new RefusedError(
      'BAD_USER_INPUT',
      'This cursor belongs to another database (a restored or new one). Start from `system.latestEventCursor`.',
    );
  return Number(match[2]);
}
