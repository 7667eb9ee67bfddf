import type { PageArguments } from '../model.ts';
import { badInput } from '../refuse.ts';

const usualSize = 25;
const largestSize = 100;

/** How much of a list is wanted, and from which end. */
export interface PageWindow {
  readonly size: number;
  readonly fromEnd: boolean;
  readonly after: string | undefined;
  readonly before: string | undefined;
}

/**
 * Relay's arguments, checked (CONVENTIONS §4): 25 from the start unless told, 1 to 100, never from both ends.
 * @throws RefusedError BAD_USER_INPUT
 */
export function pageWindow({ first, last, after, before }: PageArguments): PageWindow {
  const sizes = [first, last].filter((size) => size !== null && size !== undefined);
  if (sizes.length > 1) throw badInput('Give `first` or `last`, not both.');
  const [size = usualSize] = sizes;
  const name = last === null || last === undefined ? 'first' : 'last';
  if (!Number.isInteger(size) || size < 1 || size > largestSize) {
    throw badInput(`\`${name}\` is ${size}. It can be 1 to ${largestSize}; ask for more by further pages.`);
  }
  return { size, fromEnd: name === 'last', after: after ?? undefined, before: before ?? undefined };
}
