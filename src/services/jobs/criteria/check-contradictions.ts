import type { UserFailure } from '../../failures/model.ts';
import type { JobCriteria } from '../model.ts';
import { invalid } from '../refuse.ts';
import { holdsPhrase, type Phrase, phraseOf, phrasesOfKeyword } from '../text/phrases.ts';

/** Wishes that no job can ever fulfil because another criterion of the same object excludes every job that would. */
export function checkContradictions(criteria: JobCriteria): UserFailure[] {
  return [
    ...checkExcludedWords('keywords', criteria, phrasesOfKeyword),
    ...checkExcludedWords('skills', criteria, (skill) => [phraseOf(skill)].filter((phrase) => phrase !== undefined)),
    ...checkExcludedCountries(criteria),
  ];
}

/** Whoever asks for "react native" and excludes "react" gets nothing for that keyword. */
function checkExcludedWords(
  name: 'keywords' | 'skills',
  criteria: JobCriteria,
  phrasesOf: (text: string) => Phrase[],
): UserFailure[] {
  const excluded = (criteria.excludedKeywords ?? []).map((text) => ({ text, phrases: phrasesOfKeyword(text) }));
  return (criteria[name] ?? []).flatMap((wish, index) => {
    const wanted = phrasesOf(wish).map(({ words }) => ` ${words.join(' ')} `);
    const against = excluded.find(({ phrases }) =>
      phrases.every((phrase) => wanted.some((text) => holdsPhrase(text, phrase))),
    );
    if (!against) return [];
    const message = `\`${name}\` asks for "${wish}" and \`excludedKeywords\` drops every job with "${against.text}": nothing can match both. Remove one of them.`;
    return [invalid([name, String(index)], 'contradiction', message, { received: wish })];
  });
}

function checkExcludedCountries({ clientCountries = [], excludedClientCountries = [] }: JobCriteria): UserFailure[] {
  const excluded = excludedClientCountries.map((code) => code.toUpperCase());
  return clientCountries.flatMap((code, index) => {
    if (!excluded.includes(code.toUpperCase())) return [];
    const message = `${code.toUpperCase()} is both in \`clientCountries\` and in \`excludedClientCountries\`. Remove it from one of them.`;
    return [invalid(['clientCountries', String(index)], 'contradiction', message, { received: code })];
  });
}
