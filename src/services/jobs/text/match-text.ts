import { allOf, compose, noneOf, type Sql, sql } from '../sql.ts';
import type { Phrase } from './phrases.ts';
import { type TextQuery, wantedPhrases } from './text-query.ts';
import { skillKey } from './words.ts';

/**
 * The jobs (`seq`, both included) a condition will be asked about; keeps the evaluation of one job from reading the
 * whole index.
 */
export interface SeqRange {
  readonly low: number;
  readonly high: number;
}

/** Phrases of a query that count towards its rank. */
const mostRanked = 20;

/** Words hold nothing that FTS5 could take for syntax (words.ts), so quoting them is enough. */
const quoted = ({ words, prefix }: Phrase) => `"${words.join(' ')}"${prefix ? ' *' : ''}`;
const bracketed = (parts: readonly string[], operator: string) => `(${parts.join(` ${operator} `)})`;

/** Of the keywords one must occur, each with all of its phrases. Undefined where none can. */
export function keywordsExpression(keywords: readonly (readonly Phrase[])[]): string | undefined {
  const parts = keywords.filter((phrases) => phrases.length > 0).map((all) => bracketed(all.map(quoted), 'AND'));
  return parts.length > 0 ? bracketed(parts, 'OR') : undefined;
}

/** One of the skills is listed, as a whole. Undefined where none can be. */
export function skillsExpression(skills: readonly string[]): string | undefined {
  const keys = skills.flatMap((skill) => skillKey(skill) ?? []).map((key) => `"${key}"`);
  return keys.length > 0 ? `skill_words : ${bracketed(keys, 'OR')}` : undefined;
}

/** Is the job among those an FTS5 expression finds? Nothing is found where there is no expression. */
export function isFound(expression: string | undefined, range?: SeqRange): Sql {
  if (expression === undefined) return sql('0');
  // better-sqlite3 binds every number as a REAL, and FTS5 passes over a bound that is none of its integers.
  const found = '(jobs.seq IN (SELECT rowid FROM jobs_fts WHERE jobs_fts MATCH ?';
  return range
    ? sql(`${found} AND rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)))`, expression, range.low, range.high)
    : sql(`${found}))`, expression);
}

/** Does the job hold what a text query asks for? A purged one never does, nor any where the query has no word. */
export function matchesText({ groups, without }: TextQuery, range?: SeqRange): Sql {
  const wanted = groups.map((group) => bracketed(group.map(quoted), 'OR')).join(' AND ');
  const unwanted = bracketed(without.map(quoted), 'OR');
  if (groups.length > 0) return isFound(without.length > 0 ? `(${wanted}) NOT ${unwanted}` : wanted, range);
  if (without.length === 0) return sql('0');
  return allOf([sql('jobs.content_purged_at IS NULL'), noneOf(isFound(unwanted, range))]);
}

/**
 * How well the job fits a text query: 1, and for each phrase 4 more where the title has it and 2 where the skills do.
 * It depends on this job alone, so that a cursor stays where it was while other jobs come and go (bm25 moves with every
 * row).
 */
export function rankOf(query: TextQuery, range?: SeqRange): Sql {
  const points = wantedPhrases(query)
    .slice(0, mostRanked)
    .flatMap((phrase) => [
      compose('4 * {0}', isFound(`title_words : ${quoted(phrase)}`, range)),
      compose('2 * {0}', isFound(`skill_words : ${quoted(phrase)}`, range)),
    ]);
  return points.reduce((sum, point) => compose('{0} + {1}', sum, point), sql('1'));
}
