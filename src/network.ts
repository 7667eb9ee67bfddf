import { Agent, fetch as undiciFetch } from 'undici';

/** The one way out: everything that talks HTTP receives a function of this shape. */
export type Fetch = typeof fetch;

/** Says that certificates are to be trusted unseen, which nothing here obeys: the name of the variable, or undefined. */
export const ignoredTrust = 'NODE_TLS_REJECT_UNAUTHORIZED';

const verifying = new Agent({ connect: { rejectUnauthorized: true } });

/**
 * The machine's network. Certificates are always verified, whatever NODE_TLS_REJECT_UNAUTHORIZED says, and no proxy of the environment is used
 * (RELIABILITY F45, F50): what is sent this way is a client secret.
 */
export const systemFetch: Fetch = ((input: unknown, init: object | undefined) =>
  undiciFetch(input as Parameters<typeof undiciFetch>[0], { ...init, dispatcher: verifying })) as unknown as Fetch;

/** A fetch with connections of its own. Whoever opened it closes it. */
export interface OwnFetch {
  readonly fetch: Fetch;
  /** Ends every connection at once. */
  close(): Promise<void>;
}

/** What to trust, and how long to wait for a connection. */
export interface OwnFetchOptions {
  /** Certificates (PEM) of the authorities to trust instead of the machine's. */
  readonly ca?: string;
  readonly connectTimeoutMs: number;
}

/** Opens a fetch of that kind. */
export type OpenFetch = (options: OwnFetchOptions) => OwnFetch;

/**
 * Opens connections of their own. Certificates are always verified, whatever NODE_TLS_REJECT_UNAUTHORIZED says, and no proxy of the environment is
 * used, whatever NODE_USE_ENV_PROXY says (RELIABILITY F45, F50).
 */
export const openSystemFetch: OpenFetch = ({ ca, connectTimeoutMs }) => {
  const agent = new Agent({
    connect: { timeout: connectTimeoutMs, rejectUnauthorized: true, ...(ca !== undefined && { ca }) },
  });
  const own = (input: unknown, init: object | undefined) =>
    undiciFetch(input as Parameters<typeof undiciFetch>[0], { ...init, dispatcher: agent });
  return { fetch: own as unknown as Fetch, close: () => agent.destroy() };
};
