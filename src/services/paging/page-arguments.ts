import { RefusedError } from '../failures/model.ts';
import type { PageArguments } from '../jobs/model.ts';

const usual = 25;
const most = 100;

/** Page arguments, checked. */
export interface PageRequest {
  readonly size: number;
  /** Counted from the end of the list. */
  readonly isBackward: boolean;
  readonly after?: string;
  readonly before?: string;
}

/** Checks the page arguments of CONVENTIONS §4: 25 unless said, at most 100, from one end. @throws RefusedError BAD_USER_INPUT */
export function readPageArguments({ first, after, last, before }: PageArguments): PageRequest {
  if (first != null && last != null) refuse('Give `first` or `last`, not both.');
  for (const [name, value] of Object.entries({ first, last })) {
    if (value != null && (!Number.isInteger(value) || value < 0 || value > most))
      refuse(`\`${name}\` is a whole number from 0 to ${most}; it was ${value}.`);
  }
  return {
    size: first ?? last ?? usual,
    isBackward: last != null,
    ...(after != null && { after }),
    ...(before != null && { before }),
  };
}

/** A position in an ordered list: the key of its row and the row's number as tie-break. `order` names the order it belongs to. */
export function writeCursor(order: string, key: number, seq: number): string {
  return Buffer.from(JSON.stringify([order, key, seq])).toString('base64url');
}

/** The position a cursor of this order stands for. @throws RefusedError BAD_USER_INPUT for any other text */
export function readCursor(order: string, cursor: string): { key: number; seq: number } {
  try {
    const [name, key, seq] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (name === order && Number.isSafeInteger(key) && Number.isSafeInteger(seq))
      return { key: key as number, seq: seq as number };
  } catch {}
  return refuse('This cursor does not belong to this list in this order. Use one that a page of it gave.');
}

function refuse(message: string): never {
  throw new RefusedError('BAD_USER_INPUT', message);
}
