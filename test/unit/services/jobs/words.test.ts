import fc from 'fast-check';
import { expect, it } from 'vitest';
import { indexSkills, plainWordsOf, wordsOf } from '../../../../src/services/jobs/text/words.ts';
import { naughtyStrings } from '../../../support/naughty-strings.ts';

it.each([
  ['Senior React/Node.js dev', ['senior', 'react', 'node', 'js', 'dev']],
  ['C, C++, C#. And F#!', ['c', 'c++', 'c#', 'and', 'f#']],
  ['5+ years, react+node #hiring C#-like', ['5', 'years', 'react', 'node', 'hiring', 'c#', 'like']],
  ['Crème brûlée à la Łódź, Straße, Ærø', ['creme', 'brulee', 'a', 'la', 'lodz', 'strasse', 'aero']],
  ['日本語サイト', ['日', '本', '語', 'サ', 'イ', 'ト']],
  ['Web制作 ２０２６', ['web', '制', '作', '2026']],
  ['हिन्दी Ελλάς ΕΛΛΆΣ', ['हिन्दी', 'ελλασ', 'ελλασ']],
  ['ﬁne ½', ['fine', '1', '2']],
  ['👍 — "…"', []],
])('cuts "%s" into words', (text, words) => {
  expect(plainWordsOf(text)).toEqual(words);
});

it('finds the same words whether or not it is asked where they stand, and folding twice changes nothing', () => {
  const holds = (text: string) => {
    const words = wordsOf(text);
    expect(plainWordsOf(text)).toEqual(words.map(({ word }) => word));
    for (const { word, start, end } of words) {
      expect(plainWordsOf(word)).toEqual([word]);
      expect(plainWordsOf(text.slice(start, end))).toContain(word);
      // What could mean something to FTS5 or part a stored list.
      expect(word).not.toMatch(/["*^:(){}|=.,\s\0]/);
    }
  };
  for (const text of naughtyStrings) holds(text);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), holds), { numRuns: 1_000 });
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'İ', 'ß', '+', '#', 'c', 'é', '\u0301', 'ガ', '㈠', 'ﷺ', '1', '.') }),
      holds,
    ),
    { numRuns: 1_000 },
  );
});

it('keeps the words of one skill from running into those of the next', () => {
  expect(indexSkills(['React Native', '!!!', 'Node.js'])).toBe('react native =react.native node js =node.js');
});
