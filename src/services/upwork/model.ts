/** Why a call to Upwork failed. */
export const upworkErrorCodes = [
  'not_connected',
  'auth_expired',
  'secret_store',
  'credentials_invalid',
  'unauthorized',
  'missing_scopes',
  'authorization_failed',
  'restricted',
  'rate_limited',
  'budget_spent',
  'invalid_query',
  'bad_parameter',
  'unavailable',
  'challenge',
  'timeout',
  'network',
  'unexpected_response',
  'cancelled',
] as const;
export type UpworkErrorCode = (typeof upworkErrorCodes)[number];

/** One error of a query that Upwork refused: its words, and the places of the query they speak of (lines and columns from 1). */
export interface QueryObjection {
  readonly message: string;
  readonly locations: readonly { readonly line: number; readonly column: number }[];
}

/**
 * What Upwork has stopped to know of our queries, by operation: paths of fields (`user.email`) and parts of the filter (`filter.jobType_eq`).
 * Kept, so that a restart does not ask in vain.
 */
export interface UpworkLosses {
  of(operation: string): readonly string[];
  /** Something is lost, and the whole has not been asked for on this UTC day. */
  isProbeDue(operation: string): boolean;
  /** An answer came without exactly these: what is new is told, what is no longer lost is taken back. `said`: Upwork's words. */
  settle(operation: string, lost: readonly string[], said: string): void;
}

/** How one field of an answer came: readable, null, of a form that cannot be read, or a word that is not known. `value`: as it came. */
export interface FieldReading {
  /** `posting.client.totalSpent`. */
  readonly field: string;
  readonly outcome: 'read' | 'null' | 'unreadable' | 'unknown';
  readonly value?: unknown;
}

/** Counts how fields come. */
export interface FieldFigures {
  /** The readings of one answer. */
  note(readings: readonly FieldReading[]): void;
}

/** The one class thrown by everything that talks to Upwork. The message says what to do next and holds no URL with a query, token or header. */
export class UpworkError extends Error {
  override readonly name = 'UpworkError';
  readonly code: UpworkErrorCode;
  readonly httpStatus?: number;
  /** `vnd-eo-trace-id`: Upwork's support asks for it. */
  readonly requestId?: string;
  readonly retryAfterMs?: number;
  /** `Type.field` names of a missing scope. */
  readonly missing?: readonly string[];
  /** What was said against a query that was refused. */
  readonly objections?: readonly QueryObjection[];
  /** It cannot have been carried out: it was not sent, or Upwork refused it before executing anything. Never known from a message's words. */
  readonly isUnsent?: true;
  constructor(
    code: UpworkErrorCode,
    message: string,
    more: {
      httpStatus?: number;
      requestId?: string;
      retryAfterMs?: number;
      missing?: readonly string[];
      objections?: readonly QueryObjection[];
      isUnsent?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: more.cause });
    this.code = code;
    if (more.isUnsent) this.isUnsent = true;
    if (more.objections !== undefined) this.objections = more.objections;
    if (more.httpStatus !== undefined) this.httpStatus = more.httpStatus;
    if (more.requestId !== undefined) this.requestId = more.requestId;
    if (more.retryAfterMs !== undefined) this.retryAfterMs = more.retryAfterMs;
    if (more.missing !== undefined) this.missing = more.missing;
  }
}

/** The same failure, of a call that was never sent. Anything but an UpworkError is given back as it is. */
export function unsent(error: unknown): unknown {
  if (!(error instanceof UpworkError)) return error;
  const { code, message, cause, httpStatus, requestId, retryAfterMs, missing } = error;
  return new UpworkError(code, message, {
    cause,
    isUnsent: true,
    ...(httpStatus !== undefined && { httpStatus }),
    ...(requestId !== undefined && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(missing !== undefined && { missing }),
  });
}

export const requestPurposes = ['SCAN', 'DETAIL', 'PROPOSALS', 'CONTRACTS', 'IDENTITY', 'DIAGNOSIS'] as const;
export type RequestPurpose = (typeof requestPurposes)[number];

/** One authenticated call. */
export interface UpworkApi {
  /**
   * Sends one operation. A missing token, 401 (one refresh, one retry), 429/5xx (retried for queries only, with back-off) and the errors of FACTS §3.1 are handled here.
   * @returns `data` with what was nulled, and the messages of field errors that came with it
   * @throws UpworkError
   */
  request(
    operation: { readonly name: string; readonly document: string; readonly kind: 'query' | 'mutation' },
    variables: Record<string, unknown>,
    options: { purpose: RequestPurpose; signal?: AbortSignal },
  ): Promise<{ data: Record<string, unknown>; fieldErrors: readonly string[] }>;
  /** Requests sent since the process started. */
  sent(): number;
}

/** What a search asks of Upwork: the coarse filter, by Upwork's own values. */
export interface UpstreamSearch {
  readonly expression?: string;
  readonly categoryIds?: readonly string[];
  readonly subcategoryIds?: readonly string[];
  readonly jobType?: 'HOURLY' | 'FIXED';
  readonly experienceLevel?: 'ENTRY_LEVEL' | 'INTERMEDIATE' | 'EXPERT';
  readonly verifiedPaymentOnly?: boolean;
}

/** One page of postings, newest first. `received` counts list elements, nulled ones included. */
export interface SearchPage {
  readonly postings: readonly import('../jobs/model.ts').Posting[];
  readonly received: number;
  readonly nulled: number;
  /** Places of the nulled ones among those received; absent where there are none. */
  readonly nulledAt?: readonly number[];
  readonly totalCount?: number;
  readonly hasNextPage: boolean;
  readonly endCursor?: string;
  readonly problems: readonly string[];
}

export interface UpworkIdentity {
  readonly userId: string;
  /** `nid`: the user name. */
  readonly userName: string;
  readonly displayName: string;
  readonly email?: string;
  readonly avatarUrl?: string;
  readonly organizationId: string;
  readonly organizationName?: string;
  readonly organizations: readonly { readonly id: string; readonly title: string }[];
}

export interface CategoryNode {
  readonly externalId: string;
  readonly label: string;
  readonly subcategories: readonly { readonly externalId: string; readonly label: string }[];
}

/** The Client ID and Client Secret of the owner's own Upwork API key. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What the token endpoint gave. */
export interface TokenGrant {
  readonly accessToken: string;
  /** Absent: the old one goes on (F19). */
  readonly refreshToken?: string;
  /** Life in milliseconds, clamped to [60 s, 30 d]; one hour where Upwork did not say (F19). */
  readonly expiresInMs: number;
  /** Upwork's clock (the `Date` header) when it answered. */
  readonly serverDate?: Date;
}

/**
 * Why the OAuth endpoints gave no tokens: `denied` by the person; `bad_callback` (state, iss or parameters do not fit); `invalid_grant`; `invalid_client`;
 * `refused` (any other OAuth error code); `transient` (nothing was spent: not sent, or answered by an outage, a limit or a page that is not OAuth);
 * `ambiguous` (sent, and the answer never arrived whole: the token may be spent).
 */
export const oauthFailureKinds = [
  'denied',
  'bad_callback',
  'invalid_grant',
  'invalid_client',
  'refused',
  'transient',
  'ambiguous',
] as const;
export type OAuthFailureKind = (typeof oauthFailureKinds)[number];

/** The one class thrown by the OAuth adapter. Neither message nor cause holds a token, a secret or a code. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly kind: OAuthFailureKind;
  /** Upwork's `error` and `error_description`, unescaped. */
  readonly oauthError?: string;
  readonly oauthErrorDescription?: string;
  readonly httpStatus?: number;
  readonly retryAfterMs?: number;
  constructor(
    kind: OAuthFailureKind,
    message: string,
    more: {
      oauthError?: string;
      oauthErrorDescription?: string;
      httpStatus?: number;
      retryAfterMs?: number;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: more.cause });
    this.kind = kind;
    if (more.oauthError !== undefined) this.oauthError = more.oauthError;
    if (more.oauthErrorDescription !== undefined) this.oauthErrorDescription = more.oauthErrorDescription;
    if (more.httpStatus !== undefined) this.httpStatus = more.httpStatus;
    if (more.retryAfterMs !== undefined) this.retryAfterMs = more.retryAfterMs;
  }
}

/** Upwork's OAuth endpoints (FACTS §2). Never retries: the caller knows what a second attempt would spend. */
export interface UpworkOAuth {
  /** The page to send the person to, with a fresh state (≥ 128 bit) and, unless switched off, PKCE S256. No `scope` is sent. */
  authorizationRequest(input: { clientId: string; redirectUri: string }): Promise<{
    readonly url: string;
    readonly state: string;
    readonly codeVerifier?: string;
  }>;
  /** Checks the callback (state, iss, duplicates) and exchanges its code, credentials in the body. @throws OAuthError */
  exchange(input: {
    credentials: Credentials;
    callback: URLSearchParams;
    redirectUri: string;
    state: string;
    codeVerifier?: string;
  }): Promise<TokenGrant>;
  /** @throws OAuthError `invalid_grant`, `invalid_client`, `refused`, `transient`, `ambiguous` */
  refresh(credentials: Credentials, refreshToken: string): Promise<TokenGrant>;
  /** Best effort (FACTS §2.5): whether Upwork said yes. Never throws. */
  revoke(credentials: Credentials, token: string): Promise<boolean>;
}

/** A token to call the API with, and the organization it works for. */
export interface AccessToken {
  readonly value: string;
  readonly tenantId?: string;
  readonly expiresAt: Date;
}

/** Where the API adapter takes its tokens from. */
export interface TokenSource {
  /**
   * A live token, refreshed first when it is about to expire.
   * @throws UpworkError `not_connected`, `auth_expired`, `secret_store`, `credentials_invalid`, `restricted`, or what kept the refresh from working (`network`, `timeout`, `unavailable`, `rate_limited`)
   */
  token(): Promise<AccessToken>;
  /** The API answered 401 to `rejected`: another token, refreshed at most once. @throws as `token` */
  replace(rejected: AccessToken): Promise<AccessToken>;
}

/** Hears how every call ended, so that the connection's status tells the truth. */
export interface AnswerObserver {
  answered(): void;
  failed(error: UpworkError): void;
}

/** What one small query can find out about a key (FACTS §4). */
export const probeNames = ['job_search', 'proposals', 'contract_list', 'work_history', 'connects'] as const;
export type ProbeName = (typeof probeNames)[number];
/** `missing`: a scope; `not_offered`: "Authorization failed" (product tier), which is no missing scope. */
export type ProbeResult = 'granted' | 'missing' | 'not_offered';

/** Upwork's API in our words: one method an operation. All throw UpworkError. */
export interface UpworkClient {
  identity(options?: { signal?: AbortSignal }): Promise<UpworkIdentity>;
  categories(options?: { signal?: AbortSignal }): Promise<readonly CategoryNode[]>;
  /** `after`: `"0"` first, then as FACTS §5 says. */
  search(
    search: UpstreamSearch,
    page: { readonly first: number; readonly after: string },
    options: { purpose: RequestPurpose; signal?: AbortSignal },
  ): Promise<SearchPage>;
  /** Asks one small query; anything but an answer to the question is thrown. `identity` is needed for `work_history`. */
  probe(name: ProbeName, identity: UpworkIdentity, options?: { signal?: AbortSignal }): Promise<ProbeResult>;
  /** Undefined where the key may not read it. */
  connectsBalance(options?: { signal?: AbortSignal }): Promise<number | undefined>;
  /** Requests sent since the process started. */
  sent(): number;
}
