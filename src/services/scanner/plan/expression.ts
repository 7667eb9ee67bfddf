const operator = /^(?:AND|OR|NOT)$/;
const plainWord = /^[\p{L}\p{N}]+$/u;

/**
 * The coarse filter as Upwork's `searchExpression_eq` wants it (partial Lucene syntax, FACTS §5): any of the keywords, with all words of one (in
 * order when it is quoted), any of the skills, and the plain words and phrases of the text. Never narrower than what is applied here afterwards:
 * exclusions and beginnings of words stay out of it. Undefined where nothing is asked for.
 */
export function searchExpression(
  keywords: readonly string[],
  skills: readonly string[],
  text = '',
): string | undefined {
  const groups = [anyOf(keywords.map(keywordTerm)), anyOf(skills.map(phrase)), ...textGroups(text)].filter(
    (group) => group !== undefined,
  );
  if (groups.length === 0) return undefined;
  return groups.length === 1 ? groups[0] : groups.map((group) => `(${group})`).join(' AND ');
}

function anyOf(terms: readonly (string | undefined)[]): string | undefined {
  const distinct = [...new Set(terms.filter((term) => term !== undefined))];
  // One keyword without a word in it would make the rest narrower than what is meant.
  if (distinct.length === 0 || terms.includes(undefined)) return undefined;
  if (distinct.length === 1) return distinct[0];
  return distinct.map((term) => (term.includes(' AND ') ? `(${term})` : term)).join(' OR ');
}

/** What must occur of a text query, an entry each: a word, a phrase, or several joined by OR. Read as the stored jobs' text queries are. */
function textGroups(text: string): (string | undefined)[] {
  const groups: (string | undefined)[][] = [];
  let joins = false;
  for (const [chunk, minus, quoted, word = ''] of text.matchAll(/(-)?(?:"([^"]*)(?:"|$)\*?|([^\s"]+))/g)) {
    if (chunk === 'OR') joins = groups.length > 0;
    else if (!minus && hasWord(quoted ?? word)) {
      const term = chunk.endsWith('*') ? undefined : phrase(quoted ?? word);
      if (joins) groups.at(-1)?.push(term);
      else groups.push([term]);
      joins = false;
    }
  }
  return groups.map(anyOf);
}

function keywordTerm(keyword: string): string | undefined {
  // Taken apart as the stored jobs are searched (jobs/text/phrases.ts): quoted parts are phrases.
  const terms = [...keyword.matchAll(/"([^"]*)"?|[^\s"]+/g)].flatMap(([chunk, quoted]) =>
    quoted === undefined ? chunk.split(/[/,;|]+/).map(phrase) : [phrase(quoted)],
  );
  const known = terms.filter((term) => term !== undefined);
  return known.length === 0 ? undefined : known.join(' AND ');
}

/** One word as it is; more, or one that Lucene would read as syntax (`c++`, `NOT`), in quotes. */
function phrase(text: string): string | undefined {
  const clean = text.replace(/["\\]/g, ' ').replace(/\s+/g, ' ').trim();
  if (!hasWord(clean)) return undefined;
  return plainWord.test(clean) && !operator.test(clean) ? clean : `"${clean}"`;
}

function hasWord(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
