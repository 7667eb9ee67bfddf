/** A word of a text, folded for comparing, and where it stands in the text (UTF-16 offsets). */
export interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

const letter = String.raw`\p{L}\p{N}\p{M}\p{Co}`;
/** `c++` and `c#` are words of their own; `react+node` is two, `#hiring` is `hiring`. */
const suffix = String.raw`(?:\+\+|#(?![${letter}]))?`;
/** Scripts written without spaces: each character is a word, so that a phrase finds any part of a text. */
const unspaced = ['Han', 'Hira', 'Kana', 'Thai', 'Laoo', 'Khmr', 'Mymr'].map((name) => `\\p{scx=${name}}`).join('');
const runs = new RegExp(`[${letter}]+${suffix}`, 'gu');
const pieces = new RegExp(
  `(?=[\\p{L}\\p{N}])[${unspaced}]\\p{M}*|(?:(?!(?=[\\p{L}\\p{N}])[${unspaced}])[${letter}])+${suffix}`,
  'gu',
);
const asciiRuns = /[a-z0-9]+(?:\+\+|#(?![a-z0-9]))?/g;
const diacritics = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g;
/** Letters that Unicode does not take apart although people type them without their stroke. */
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  ς: 'σ',
};
const isAscii = (text: string) => /^[\0-\x7f]*$/.test(text);

/**
 * The one way a text is cut into words: by intake for the full-text index, by keywords and text queries, by highlights.
 * Case, diacritics and compatibility forms do not count, punctuation separates. A word contains none of the characters
 * that mean something to FTS5.
 */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: run, index } of text.matchAll(runs)) {
    const span = { start: index, end: index + run.length };
    for (const word of isAscii(run) ? [run.toLowerCase()] : (fold(run).match(pieces) ?? [])) {
      words.push({ word, ...span });
    }
  }
  return words;
}

/** The words of a text alone, in order. */
export function plainWordsOf(text: string): string[] {
  if (isAscii(text)) return text.toLowerCase().match(asciiRuns) ?? [];
  return wordsOf(text).map(({ word }) => word);
}

/** What the full-text index holds of a text. */
export function indexWords(text: string): string {
  return plainWordsOf(text).join(' ');
}

/**
 * What the full-text index holds of a list of skills: the words of each, then its key. The key stands between the words
 * of two skills, so that no phrase reaches over them.
 */
export function indexSkills(skills: readonly string[]): string {
  return skills
    .flatMap((skill) => {
      const key = skillKey(skill);
      return key === undefined ? [] : [indexWords(skill), key];
    })
    .join(' ');
}

/** One token that stands for a whole skill: `Node.js` → `=node.js`. Undefined where it has no letter or digit. */
export function skillKey(skill: string): string | undefined {
  const words = plainWordsOf(skill);
  return words.length > 0 ? `=${words.join('.')}` : undefined;
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(diacritics, '')
    .toLowerCase()
    .replace(/[ßæœøłđıς]/g, (character) => plain[character] ?? character);
}
