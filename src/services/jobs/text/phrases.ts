import { plainWordsOf, type Word } from './words.ts';

/** Words that must follow one another; with `prefix` the last need only be begun. Never empty. */
export interface Phrase {
  readonly words: readonly string[];
  readonly prefix: boolean;
}

/** The words of `text` as one phrase; undefined where it holds no letter or digit. */
export function phraseOf(text: string, prefix = false): Phrase | undefined {
  const words = plainWordsOf(text);
  return words.length > 0 ? { words, prefix } : undefined;
}

/** What a keyword of criteria asks for: each of its words, quoted parts as phrases. All must occur. */
export function phrasesOfKeyword(keyword: string): Phrase[] {
  return [...keyword.matchAll(/"([^"]*)"?|[^\s"]+/g)].flatMap(([chunk, quoted]) => phraseOf(quoted ?? chunk) ?? []);
}

/** Whether `phrase` stands in `text`: words as the index holds them, one space before, between and after. */
export function holdsPhrase(text: string, { words, prefix }: Phrase): boolean {
  return text.includes(` ${words.join(' ')}${prefix ? '' : ' '}`);
}

/** Where any of the phrases stands, as spans of the text, in order, overlapping ones joined. */
export function findPhrases(words: readonly Word[], phrases: readonly Phrase[]): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  for (let at = 0; at < words.length; at += 1) {
    for (const phrase of phrases) {
      const first = words[at];
      const last = words[at + phrase.words.length - 1];
      if (!first || !last || !standsAt(words, at, phrase)) continue;
      const before = spans.at(-1);
      if (before && before.end >= first.start) before.end = Math.max(before.end, last.end);
      else spans.push({ start: first.start, end: last.end });
    }
  }
  return spans;
}

function standsAt(words: readonly Word[], at: number, { words: wanted, prefix }: Phrase): boolean {
  return wanted.every((word, offset) => {
    const found = words[at + offset]?.word;
    return prefix && offset === wanted.length - 1 ? found?.startsWith(word) === true : found === word;
  });
}
