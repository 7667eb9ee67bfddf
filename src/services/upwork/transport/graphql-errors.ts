import type { UpworkErrorCode } from '../model.ts';

/** One entry of `errors`, as far as it could be read. */
export interface UpworkGraphqlError {
  readonly message: string;
  readonly path: string;
  readonly classification: string;
  readonly locations: readonly { readonly line: number; readonly column: number }[];
}

/** What an error of a GraphQL answer means; `undefined`: nothing we know. */
export interface Meaning {
  readonly code: UpworkErrorCode;
  /** `Type.field` names of a missing scope. */
  readonly missing?: readonly string[];
}

const mostErrors = 50;
const longestMessage = 500;
const restriction = /\baccount\b.{0,40}\b(?:restricted|suspended|on hold)\b|trust (?:&|and) safety/i;

/** The entries of `errors`; empty where the answer has none. */
export function readErrors(errors: unknown): UpworkGraphqlError[] {
  if (!Array.isArray(errors)) return [];
  return errors.slice(0, mostErrors).map((entry: unknown) => {
    const { message, path, extensions, locations } = (entry ?? {}) as Record<string, unknown>;
    const { classification } = (extensions ?? {}) as Record<string, unknown>;
    return {
      message: plainText(message) || 'an error without a message',
      path: Array.isArray(path) ? plainText(path.join('.')) : '',
      classification: plainText(classification),
      locations: (Array.isArray(locations) ? locations : []).flatMap(placeOf),
    };
  });
}

function placeOf(value: unknown) {
  const { line, column } = (value ?? {}) as Record<string, unknown>;
  return typeof line === 'number' && typeof column === 'number' ? [{ line, column }] : [];
}

/** `marketplaceJobPostingsSearch.edges.0: Exception occurred`. */
export function describeError({ message, path }: UpworkGraphqlError): string {
  return path === '' ? message : `${path}: ${message}`;
}

/** What Upwork means by an error (FACTS §3.1): by its words, since HTTP says 200 to all of them. */
export function meaningOf({ message, classification }: UpworkGraphqlError): Meaning | undefined {
  const scopes = /enough oauth2 permissions\/scopes to access:? ?\[?([\w., ]*)/i.exec(message);
  if (scopes) return { code: 'missing_scopes', missing: (scopes[1] ?? '').match(/\w+\.\w+/g) ?? [] };
  const found = meanings.find(([words, kind]) => words.test(message) || kind?.test(classification));
  return found && { code: found[2] };
}

/** In this order: the first that fits. How a restricted account is told is not known (RELIABILITY F108): by the words such answers use. */
const meanings: readonly [words: RegExp, classification: RegExp | undefined, code: UpworkErrorCode][] = [
  [restriction, undefined, 'restricted'],
  [
    /^validation error|invalid syntax|badfaithintrospection/i,
    /^(?:ValidationError|InvalidSyntax|BadFaithIntrospection)$/,
    'invalid_query',
  ],
  [
    /authentication failed|invalid (?:access )?token|token (?:is |has )?(?:been )?(?:expired|invalid|revoked)/i,
    undefined,
    'unauthorized',
  ],
  [/^authorization failed|\b403\b|access denied|forbidden/i, undefined, 'authorization_failed'],
  [/vjca-6|input parameter provided has incorrect value/i, undefined, 'bad_parameter'],
  [/too many requests|rate limit/i, undefined, 'rate_limited'],
  [
    /transform timeout|exception occurred|internal (?:server )?error|service unavailable|timed? ?out/i,
    undefined,
    'unavailable',
  ],
];

/** Whether a text is what a restricted or suspended account is told. */
export function isRestriction(text: string): boolean {
  return restriction.test(text);
}

/** Text that somebody else wrote, fit for a message: one line, no control characters, cut. */
export function plainText(value: unknown): string {
  if (typeof value !== 'string') return '';
  const text = value
    .slice(0, longestMessage * 2)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replace(/\boauth2v2_\w+/g, '[secret]')
    .trim();
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}
