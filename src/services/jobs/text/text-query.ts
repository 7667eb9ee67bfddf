import { RefusedError } from '../../failures/model.ts';
import { type Phrase, phraseOf } from './phrases.ts';

const longestQuery = 1_000;

/** A text query taken apart. */
export interface TextQuery {
  /** All groups must hold, each by one of its phrases. */
  readonly groups: readonly (readonly Phrase[])[];
  /** None of these may occur. */
  readonly without: readonly Phrase[];
}

/**
 * Reads `words, "phrases", prefix*, -without, OR` as people type it into search boxes: everything must occur, `a b OR
 * c` is a and one of b, c. Whatever else is in it (brackets, colons, NEAR, unclosed quotes) is text like any other
 * (F70). Undefined for a blank query.
 *
 * @throws RefusedError BAD_USER_INPUT beyond 1,000 characters
 */
export function parseTextQuery(query: string | null | undefined): TextQuery | undefined {
  if (query === null || query === undefined || query.trim() === '') return undefined;
  if (query.length > longestQuery) {
    throw new RefusedError(
      'BAD_USER_INPUT',
      `\`query\` has ${query.length} characters, at most ${longestQuery} are allowed. Search for fewer words.`,
    );
  }
  const groups: Phrase[][] = [];
  const without: Phrase[] = [];
  let joins = false;
  for (const [chunk, minus, quoted, word = ''] of query.matchAll(/(-)?(?:"([^"]*)(?:"|$)\*?|([^\s"]+))/g)) {
    if (chunk === 'OR') {
      joins = groups.length > 0;
      continue;
    }
    const phrase = phraseOf(quoted ?? word, chunk.endsWith('*'));
    if (!phrase) continue;
    const last = groups.at(-1);
    if (minus) without.push(phrase);
    else if (joins && last) last.push(phrase);
    else groups.push([phrase]);
    joins = false;
  }
  return { groups, without };
}

/** Every phrase whose presence the query asks for. */
export function wantedPhrases(query: TextQuery): Phrase[] {
  return query.groups.flat();
}
