import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** Every `extensions.code` of a top-level error (CONVENTIONS §6). */
export const refusalCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'QUERY_TOO_COMPLEX',
  'RATE_LIMITED',
  'PERSISTED_DOCUMENT_NOT_FOUND',
  'PERSISTED_DOCUMENT_REQUIRED',
  'CURSOR_EXPIRED',
  'CURSOR_LAGGED',
  'TOO_MANY_SUBSCRIPTIONS',
  'SERVICE_UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/**
 * What goes with a refusal beside its code and message. `status` and `headers` are for HTTP, `extensions` for whoever
 * reads the error.
 */
export interface RefusalDetails {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A refusal as GraphQL error. Its `extensions.http` is for graphql-yoga and never sent. */
export function refusal(code: RefusalCode, message: string, details: RefusalDetails = {}): GraphQLError {
  const { status, headers, extensions } = details;
  return new GraphQLError(message, {
    extensions: {
      ...extensions,
      code,
      ...((status !== undefined || headers) && {
        http: { ...(status && { status }), ...(headers && { headers }) },
      }),
    },
  });
}

/** HTTP's word for a code, where the whole answer is that error. */
export const statusOf: Readonly<Record<RefusalCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  BAD_USER_INPUT: 400,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  QUERY_TOO_COMPLEX: 400,
  RATE_LIMITED: 429,
  PERSISTED_DOCUMENT_NOT_FOUND: 400,
  PERSISTED_DOCUMENT_REQUIRED: 400,
  CURSOR_EXPIRED: 410,
  CURSOR_LAGGED: 409,
  TOO_MANY_SUBSCRIPTIONS: 429,
  SERVICE_UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
};

/** The code of a presented error. */
export function codeOf(error: { readonly extensions?: GraphQLFormattedError['extensions'] }): RefusalCode {
  const code = error.extensions?.['code'] as RefusalCode;
  return refusalCodes.includes(code) ? code : 'INTERNAL_SERVER_ERROR';
}
