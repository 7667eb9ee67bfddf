/** What a key does in the feed. */
export type Command =
  | 'next'
  | 'previous'
  | 'shortlist'
  | 'dismiss'
  | 'undo'
  | 'open'
  | 'new'
  | 'search'
  | 'help'
  | 'back';

/** The keys of the feed, as `?` shows them. */
export const keys: Readonly<Record<string, readonly [command: Command, words: string]>> = {
  j: ['next', 'next job'],
  k: ['previous', 'previous job'],
  s: ['shortlist', 'shortlist'],
  x: ['dismiss', 'dismiss'],
  u: ['undo', 'undo the last decision'],
  o: ['open', 'open on Upwork'],
  '.': ['new', 'show what is new'],
  '/': ['search', 'search'],
  '?': ['help', 'all keys'],
  Escape: ['back', 'back to the list'],
};

/** What a key press means; nothing while one types or holds a key that browsers have their own use for. */
export function commandOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  isTyping: boolean,
): Command | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping) return undefined;
  return Object.hasOwn(keys, event.key) ? keys[event.key]?.[0] : undefined;
}
