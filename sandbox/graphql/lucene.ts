/** Says whether a text, prepared by `searchable`, fits an expression. */
export type Match = (fields: Searchable) => boolean;

/** The three things words are looked for in; each begins and ends with a space, words are divided by one space. */
export interface Searchable {
  title: string;
  skills: string;
  all: string;
}

/** Lower case words with one space around each: "Node.js / C++" becomes " node.js c++ ". */
export function normalise(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}+#.]+/gu) ?? [];
  return ` ${words.map((word) => word.replace(/^\.+(?=\p{L}{4})|\.+$/gu, '')).join(' ')} `;
}

const token = /\s*([()]|-(?=\S)|(?:title|skills|description):(?=\S)|"[^"]*"?|[^\s()"]+)/gy;

/**
 * The part of Lucene's syntax Upwork's `searchExpression_eq` has: words (all of them must be there), "phrases", OR, AND, NOT, minus, parentheses,
 * `word*`, `title:` and `skills:`. Whatever is not closed or makes no sense is forgiven.
 */
export function parseExpression(expression: string): Match {
  const tokens = [...expression.matchAll(token)].map(([, text = '']) => text);
  let at = 0;

  function either(): Match {
    const sides = [every()];
    while (isWord('OR')) {
      at++;
      sides.push(every());
    }
    return (fields) => sides.some((side) => side(fields));
  }

  function every(): Match {
    const parts: Match[] = [];
    while (at < tokens.length && tokens[at] !== ')' && !isWord('OR')) {
      if (isWord('AND')) at++;
      else parts.push(single('all'));
    }
    return (fields) => parts.every((part) => part(fields));
  }

  function single(field: keyof Searchable): Match {
    const text = tokens[at++] ?? '';
    if (text === '-' || text === 'NOT' || text === '!') {
      const inner = single(field);
      return (fields) => !inner(fields);
    }
    if (text === '(') {
      const inner = either();
      if (tokens[at] === ')') at++;
      return field === 'all' ? inner : (fields) => inner({ ...fields, all: fields[field] });
    }
    if (text === 'title:' || text === 'skills:') return single(text === 'title:' ? 'title' : 'skills');
    if (text === 'description:') return single('all');
    return words(text, field);
  }

  function isWord(word: string): boolean {
    return tokens[at] === word || (word === 'AND' && tokens[at] === '&&') || (word === 'OR' && tokens[at] === '||');
  }

  const sides = [either()];
  while (at < tokens.length) {
    at++;
    sides.push(either());
  }
  return (fields) => sides.every((side) => side(fields));
}

function words(text: string, field: keyof Searchable): Match {
  const wanted = normalise(text.replaceAll('"', ''));
  if (wanted.trim() === '') return () => true;
  const start = wanted.trimEnd();
  return text.endsWith('*') ? (fields) => fields[field].includes(start) : (fields) => fields[field].includes(wanted);
}
