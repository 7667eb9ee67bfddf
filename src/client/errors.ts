/** One entry of a GraphQL response's top-level `errors`, as far as we read it. */
export interface ResponseError {
  message: string;
  extensions?: Record<string, unknown>;
}

/**
 * The server answered and said no: a top-level GraphQL error, or an HTTP or WebSocket refusal.
 * `code` is `extensions.code` (CONVENTIONS §6) or, where the answer was no GraphQL, `UNAUTHENTICATED` or `UNEXPECTED_ANSWER`.
 */
export class ServerRefusedError extends Error {
  override readonly name = 'ServerRefusedError';
  readonly code: string;
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, extensions: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.extensions = extensions;
  }

  /** The first of the top-level errors: it names what to mend first. */
  static from(errors: readonly ResponseError[]): ServerRefusedError {
    const [first] = errors;
    const extensions = first?.extensions ?? {};
    const code = extensions['code'];
    return new ServerRefusedError(
      typeof code === 'string' ? code : 'UNEXPECTED_ANSWER',
      first?.message ?? 'The server gave no reason.',
      extensions,
    );
  }
}

/** Nobody answers at the address, or not in time. The message names the address without its query. */
export class NoServerError extends Error {
  override readonly name = 'NoServerError';

  constructor(url: string, options?: ErrorOptions) {
    super(`No Prospector server answers at ${withoutQuery(url)}.`, options);
  }
}

function withoutQuery(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
  } catch {
    return 'the given address';
  }
}
