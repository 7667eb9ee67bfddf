import type { Job } from '../model.ts';
import { findPhrases, type Phrase } from './phrases.ts';
import { parseTextQuery, wantedPhrases } from './text-query.ts';
import { wordsOf } from './words.ts';

const fragmentLength = 160;
const mostFragments = 3;
const longestExcerpt = 10_000;

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Fragments of title, description and skills around what a text query asks for: HTML-escaped, matches in `<mark>`,
 * ready to be put in a page. At most the title, three of the description, and the list of skills; none where the query
 * or the content is empty.
 */
export function highlights(job: Job, query: string): string[] {
  const phrases = phrasesOf(query);
  if (phrases.length === 0) return [];
  const skills = job.skills.join(', ');
  return [...wholeOf(job.title, phrases), ...fragmentsOf(job.description, phrases), ...wholeOf(skills, phrases)];
}

/**
 * Plain text of at most `length` characters: the description around the first match of the query, else its start. What
 * is cut off shows as `…`.
 */
export function excerpt(job: Job, length: number, query?: string): string {
  const text = job.description.replace(/\s+/g, ' ').trim();
  const size = Math.min(Math.max(0, Math.trunc(length)), longestExcerpt);
  if (text.length <= size) return text;
  if (size < 3) return '…'.slice(0, size);
  const phrases = query === undefined ? [] : phrasesOf(query);
  const [match] = phrases.length > 0 ? findPhrases(wordsOf(text), phrases) : [];
  const { start, end } = windowAround(text, match ?? { start: 0, end: 0 }, size - 2);
  return `${start > 0 ? '…' : ''}${text.slice(start, end).trim()}${end < text.length ? '…' : ''}`;
}

function phrasesOf(query: string): Phrase[] {
  const parsed = parseTextQuery(query);
  return parsed ? wantedPhrases(parsed) : [];
}

function wholeOf(text: string, phrases: readonly Phrase[]): string[] {
  const spans = findPhrases(wordsOf(text), phrases);
  return spans.length > 0 ? [mark(text, { start: 0, end: text.length }, spans)] : [];
}

function fragmentsOf(text: string, phrases: readonly Phrase[]): string[] {
  const spans = findPhrases(wordsOf(text), phrases);
  const fragments: Span[] = [];
  for (const span of spans) {
    if (fragments.length === mostFragments) break;
    const isShown = fragments.some(({ start, end }) => span.start >= start && span.end <= end);
    if (!isShown) fragments.push(windowAround(text, span, fragmentLength));
  }
  return fragments.map((fragment) => mark(text, fragment, spans));
}

/**
 * A stretch of about `length` that holds the span, cut between words where there is a space near, never within a
 * character.
 */
function windowAround(text: string, span: Span, length: number): Span {
  const margin = Math.max(0, Math.floor((length - (span.end - span.start)) / 2));
  const from = Math.max(0, Math.min(span.start - margin, text.length - length));
  const start = from === 0 ? 0 : Math.min(span.start, afterSpace(text, from));
  const until = Math.min(text.length, start + length);
  if (until === text.length) return { start, end: until };
  const whole = isInside(text, until) ? until - 1 : until;
  return { start, end: Math.max(Math.min(span.end, whole), beforeSpace(text, whole)) };
}

const near = 20;

function afterSpace(text: string, from: number): number {
  const space = text.slice(from, from + near).search(/\s/);
  return space >= 0 ? from + space + 1 : isInside(text, from) ? from + 1 : from;
}

function beforeSpace(text: string, until: number): number {
  const from = Math.max(0, until - near);
  const space = text.slice(from, until + 1).search(/\s\S*$/);
  return space >= 0 ? from + space : until;
}

const isInside = (text: string, at: number) => /^[\udc00-\udfff]/.test(text.slice(at, at + 1));

function mark(text: string, { start, end }: Span, spans: readonly Span[]): string {
  let html = start > 0 ? '…' : '';
  let at = start;
  for (const span of spans) {
    if (span.start < at || span.end > end) continue;
    html += `${escapeHtml(text.slice(at, span.start))}<mark>${escapeHtml(text.slice(span.start, span.end))}</mark>`;
    at = span.end;
  }
  return `${html}${escapeHtml(text.slice(at, end))}${end < text.length ? '…' : ''}`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
