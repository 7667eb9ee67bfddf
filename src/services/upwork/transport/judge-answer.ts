import { UpworkError, type UpworkErrorCode } from '../model.ts';
import {
  describeError,
  isRestriction,
  meaningOf,
  plainText,
  readErrors,
  type UpworkGraphqlError,
} from './graphql-errors.ts';
import { retryAfterMs } from './retry-after.ts';
import type { Answer, Interruption } from './send-request.ts';

/** A usable answer. */
export interface Success {
  readonly data: Record<string, unknown>;
  readonly fieldErrors: readonly string[];
}

/** A failure and what may be done about it: nothing, another token, a pause of all calls, or another try after a while. */
export interface Failure {
  readonly error: UpworkError;
  readonly remedy: 'none' | 'token' | 'pause' | 'back_off';
}

type Fail = (code: UpworkErrorCode, remedy: Failure['remedy'], what: string, isUnsent?: boolean) => Failure;

const deepest = 64;
const challengeWords = /enable javascript and cookies|just a moment|cf-chl|challenge-platform/i;

/** What came of a call to the GraphQL endpoint (FACTS §3.1, RELIABILITY F91–F96, F107, F108). */
export function judgeAnswer(outcome: Answer | Interruption, now: Date): Success | Failure {
  if ('interruption' in outcome) return judgeInterruption(outcome);
  const { status, headers, body } = outcome;
  const fail: Fail = (code, remedy, what, isUnsent = false) => {
    const requestId = requestIdOf(headers);
    const retryAfter = retryAfterMs(headers, now);
    const more = {
      httpStatus: status,
      ...(requestId !== undefined && { requestId }),
      ...(retryAfter !== undefined && { retryAfterMs: retryAfter }),
      isUnsent,
    };
    return { error: new UpworkError(code, what, more), remedy };
  };
  if (status === 401) return fail('unauthorized', 'token', messages.unauthorized, true);
  if (status === 429) return fail('rate_limited', 'pause', messages.rate_limited, true);
  const isPage = /html/i.test(headers.get('content-type') ?? '');
  if (headers.get('cf-mitigated') === 'challenge' || (isPage && challengeWords.test(body.slice(0, 20_000))))
    return fail('challenge', 'none', messages.challenge);
  if (status >= 500 || status === 408 || status === 425)
    return fail('unavailable', 'back_off', `${messages.unavailable} It answered ${status}.`);
  if (status === 403)
    return isRestriction(body)
      ? fail('restricted', 'none', messages.restricted)
      : fail('authorization_failed', 'none', messages.authorization_failed);
  const content = isPage ? undefined : readJson(body);
  if (content === undefined || (status >= 300 && readErrors(content['errors']).length === 0)) {
    const isCut = status === 200 && !isPage;
    return fail(
      'unexpected_response',
      isCut ? 'back_off' : 'none',
      isCut
        ? messages.cut
        : `${messages.unexpected_response} It answered ${status}${isPage ? ' with a web page' : ''}.`,
    );
  }
  return judgeContent(content, fail);
}

function judgeContent({ data, errors }: Record<string, unknown>, fail: Fail): Success | Failure {
  const told = readErrors(errors);
  const roots = isRecord(data) ? data : undefined;
  const isUsable = roots !== undefined && Object.values(roots).some((value) => value !== null);
  const known = told.map((error) => ({ error, meaning: meaningOf(error) }));
  // Some end the whole operation, whatever data came along (FACTS §3.1).
  const fatal =
    known.find(({ meaning }) => meaning?.code === 'missing_scopes' || meaning?.code === 'invalid_query') ??
    (isUsable ? undefined : known.find(({ meaning }) => meaning !== undefined));
  if (fatal?.meaning?.code === 'invalid_query') return refusedQuery(told, fatal.error, fail, roots === undefined);
  if (fatal?.meaning) return failWith(fatal.meaning, fatal.error, fail, !roots && isBeforeExecution(fatal.error));
  if (!roots) {
    const what = told[0] ? ` It said: ${describeError(told[0])}` : '';
    return fail('unexpected_response', 'none', `${messages.unexpected_response}${what}`);
  }
  return { data: roots, fieldErrors: told.map(describeError) };
}

/** A query that was refused, with all that was said against it. */
function refusedQuery(
  told: readonly UpworkGraphqlError[],
  error: UpworkGraphqlError,
  fail: Fail,
  isEmpty: boolean,
): Failure {
  const { code, message, httpStatus, requestId } = failWith(
    { code: 'invalid_query' },
    error,
    fail,
    isEmpty && isBeforeExecution(error),
  ).error;
  return {
    error: new UpworkError(code, message, {
      objections: told,
      isUnsent: isEmpty && isBeforeExecution(error),
      ...(httpStatus !== undefined && { httpStatus }),
      ...(requestId !== undefined && { requestId }),
    }),
    remedy: 'none',
  };
}

/**
 * Whether an error ended the whole operation before anything of it was executed (FACTS §3.1): by its classification, since words prove nothing.
 */
function isBeforeExecution({ classification }: UpworkGraphqlError): boolean {
  return /^(?:ValidationError|InvalidSyntax|BadFaithIntrospection|ExecutionAborted)$/.test(classification);
}

function failWith(
  { code, missing }: NonNullable<ReturnType<typeof meaningOf>>,
  error: UpworkGraphqlError,
  fail: Fail,
  isUnsent: boolean,
): Failure {
  const remedy = ({ unauthorized: 'token', rate_limited: 'pause', unavailable: 'back_off' } as const)[
    code as 'unavailable'
  ];
  const said = ` It said: ${describeError(error)}`;
  if (code !== 'missing_scopes')
    return fail(code, remedy ?? 'none', `${messages[code as keyof typeof messages]}${said}`, isUnsent);
  const { httpStatus, requestId } = fail(code, 'none', '').error;
  const what = missing?.length ? ` It does not open: ${missing.join(', ')}.` : '';
  return {
    error: new UpworkError(code, `${messages.missing_scopes}${what}`, {
      ...(httpStatus !== undefined && { httpStatus }),
      ...(requestId !== undefined && { requestId }),
      missing: missing ?? [],
      isUnsent,
    }),
    remedy: 'none',
  };
}

const messages = {
  unauthorized: 'Upwork does not accept the access token. Connect again if this stays so.',
  missing_scopes:
    "The API key lacks a scope. Tick it on the key's page at Upwork, then connect again: a change of scopes ends all tokens.",
  authorization_failed: 'Upwork does not offer this to the account or the key.',
  restricted: 'Upwork has restricted the account. Calls stop until you resume them; ask Upwork what is wrong first.',
  rate_limited: 'Upwork asks for fewer requests. Calls go on by themselves after a pause.',
  invalid_query: 'Upwork does not understand the query: its API has changed, or Prospector has a fault.',
  bad_parameter: 'Upwork does not accept a value that was sent.',
  unavailable: 'Upwork is out of order for the moment. It is tried again.',
  challenge:
    'Upwork shows a check for browsers instead of an answer. Calls from this network address are doubted: wait, and make fewer.',
  cut: 'Upwork sent an answer that is not whole. It is tried again.',
  unexpected_response:
    'Upwork answered in a form that is not known. Check UPWORK_GRAPHQL_URL and what stands between here and Upwork.',
};

function judgeInterruption({ interruption, detail, status }: Interruption): Failure {
  const because = detail === undefined ? '' : ` (${detail})`;
  const more = status === undefined ? {} : { httpStatus: status };
  const of = (code: UpworkErrorCode, remedy: Failure['remedy'], what: string): Failure => ({
    error: new UpworkError(code, what, more),
    remedy,
  });
  switch (interruption) {
    case 'cancelled':
      return of('cancelled', 'none', 'The call to Upwork was cancelled.');
    case 'timeout':
      return of('timeout', 'back_off', 'Upwork did not answer in time. It is tried again.');
    case 'too_large':
      return of('unexpected_response', 'none', 'Upwork sent more than 10 MB, which was not read to its end.');
    case 'not_sent':
      return of('network', 'back_off', `Upwork cannot be reached${because}. Check the network.`);
    default:
      // zlib's names: it arrived, but is not what its headers say (F95).
      if (detail?.startsWith('Z_')) return of('unexpected_response', 'back_off', messages.cut);
      return of('network', 'back_off', `The connection to Upwork broke off${because}. Check the network.`);
  }
}

/** `vnd-eo-trace-id`, which Upwork's support asks for (FACTS §2.5). */
function requestIdOf(headers: Headers): string | undefined {
  const id = plainText(headers.get('vnd-eo-trace-id') ?? headers.get('vnd.eo.request-id') ?? undefined);
  return id === '' ? undefined : id.slice(0, 100);
}

/** A JSON object no deeper than a reader can bear (F106); undefined for anything else. */
function readJson(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) && isShallow(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isShallow(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return false;
    level = level.flatMap((entry) => (typeof entry === 'object' && entry !== null ? Object.values(entry) : []));
  }
  return true;
}
