import { type ExecutionResult, GraphQLError, type GraphQLErrorExtensions } from 'graphql';
import type { Log } from '../../log.ts';
import type { Api } from '../options.ts';
import { type RefusalCode, refusalCodes, statusOf } from '../refusal/refusal.ts';

/** What an error is shown with. */
export interface Presentation {
  readonly requestId: string;
  /** True on HTTP, whose status graphql-yoga reads from `extensions.http`. */
  readonly http: boolean;
}

/** Makes errors fit for clients. */
export interface Presenting {
  /**
   * The error a client may see: refusals and the client's own mistakes as they are, with code and `requestId`;
   * everything else masked and logged once with that id (F120).
   */
  error(error: unknown, presentation: Presentation): GraphQLError;
  /** A result with all its errors presented. */
  result(result: ExecutionResult, presentation: Presentation): ExecutionResult;
}

/** Codes of graphql-yoga and graphql-js that are not ours. */
const translated: Readonly<Record<string, RefusalCode>> = {
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  REQUEST_ENTITY_TOO_LARGE: 'BAD_USER_INPUT',
};

/**
 * @param deps.suggestions false: "Did you mean" is cut off, which would tell names of the schema where introspection is
 * off (F121)
 */
export function createPresenting(deps: {
  readonly toClientError: Api['toClientError'];
  readonly log: Log;
  readonly suggestions: boolean;
}): Presenting {
  const known = (error: unknown): GraphQLError | undefined => {
    if (!(error instanceof GraphQLError)) return deps.toClientError(error);
    if (error.extensions['unexpected'] === true) return undefined;
    // A bare wrapping tells nothing that its cause does not; its message may be that of a bug.
    const isBare = error.originalError && !error.path && !error.nodes;
    return deps.toClientError(isBare ? error.originalError : error);
  };

  const present = (error: unknown, { requestId, http }: Presentation, isWhole: boolean): GraphQLError => {
    const shown = known(error) ?? masked(error, requestId);
    const located = error instanceof GraphQLError ? error : shown;
    const { http: hints, unexpected: _, originalError: __, ...extensions } = shown.extensions;
    const code = closedCode(extensions['code']);
    return new GraphQLError(deps.suggestions ? shown.message : withoutSuggestion(shown.message), {
      nodes: located.nodes ?? null,
      source: located.source ?? null,
      positions: located.positions ?? null,
      path: located.path ?? null,
      extensions: { ...extensions, code, requestId, ...(http && httpHints(hints, code, isWhole)) },
    });
  };

  const masked = (error: unknown, requestId: string): GraphQLError => {
    deps.log.error({ requestId, err: originalOf(error) }, 'An operation failed in a way nobody foresaw');
    return new GraphQLError(`Something went wrong (id ${requestId}). The log says more under this id.`, {
      extensions: { code: 'INTERNAL_SERVER_ERROR' satisfies RefusalCode },
    });
  };

  return {
    error: (error, presentation) => present(error, presentation, true),
    result: (result, presentation) =>
      result.errors?.length
        ? { ...result, errors: result.errors.map((error) => present(error, presentation, !('data' in result))) }
        : result,
  };
}

type HttpHints = Pick<GraphQLErrorExtensions, 'http'>;

function closedCode(code: unknown): RefusalCode {
  const ours = translated[String(code)] ?? (code as RefusalCode);
  return refusalCodes.includes(ours) ? ours : 'BAD_USER_INPUT';
}

/** Refusals of ours, which are errors of HTTP too, whatever a client accepts. */
const plainRefusals: readonly RefusalCode[] = [
  'QUERY_TOO_COMPLEX',
  'RATE_LIMITED',
  'PERSISTED_DOCUMENT_NOT_FOUND',
  'PERSISTED_DOCUMENT_REQUIRED',
];

/**
 * Status and headers for graphql-yoga; where it says `spec`, clients that accept plain `application/json` get 200 as
 * GraphQL over HTTP wants it.
 */
function httpHints(hints: HttpHints['http'], code: RefusalCode, isWhole: boolean): HttpHints {
  if (isWhole && plainRefusals.includes(code)) return { http: { ...hints, status: statusOf[code], spec: false } };
  if (hints !== undefined) return { http: hints };
  return isWhole && statusOf[code] >= 500 ? { http: { status: statusOf[code] } } : {};
}

/** What was thrown first, under the GraphQL errors it was wrapped in. */
function originalOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? originalOf(error.originalError) : error;
}

function withoutSuggestion(message: string): string {
  return message.replace(/ Did you mean [^?]*\?/g, '');
}
