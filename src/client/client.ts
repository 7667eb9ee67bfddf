import { NoServerError, type ResponseError, ServerRefusedError } from './errors.ts';
import { type FollowedEvent, type FollowOptions, follow } from './follow.ts';
import type { Document } from './operations/document.ts';
import { isPersistedDocumentRequired, persistedRequest } from './request.ts';

/** Where the server is and what the client talks through. */
export interface ClientOptions {
  /** Base address, e.g. `http://127.0.0.1:4000`; a function is asked again at every reconnection (the port may have changed); throwing then means: not yet. */
  url: string | (() => string);
  /** API token; none means the dashboard's session cookie, or a refusal. */
  token?: string | undefined;
  fetch: typeof fetch;
  /** A WebSocket class: the browser's own, or that of `ws`. */
  WebSocket: unknown;
  /** Waits between reconnections; tests hand in a quick one. */
  sleep?: (delayMs: number) => Promise<void>;
}

/** How our own programs talk to the server. Holds nothing open between calls. */
export interface ProspectorClient {
  /** Sends one query or mutation. Throws ServerRefusedError for top-level errors, NoServerError where nobody answers within 30 s. */
  ask<Data, Variables extends object>(document: Document<Data, Variables>, variables: Variables): Promise<Data>;
  /**
   * Follows one subscription as a tail of the log: in order, each event id once, resuming after the last cursor when the
   * connection is lost. Ends only with `return()` or the signal; throws as `ask` does, NoServerError only before the first connection.
   */
  follow<Data, Variables extends object>(
    document: Document<Data, Variables>,
    variables: Variables,
    options?: FollowOptions,
  ): AsyncIterableIterator<Data[keyof Data] & FollowedEvent>;
}

const answerTimeoutMs = 30_000;

/** Makes a client. Nothing is sent until it is used. */
export function createProspectorClient(options: ClientOptions): ProspectorClient {
  const base = () => (typeof options.url === 'string' ? options.url : options.url()).replace(/(\/graphql)?\/*$/, '');
  const mode = { persisted: false };

  async function send(text: string, variables: object): Promise<{ data?: unknown; errors?: ResponseError[] }> {
    const url = base();
    const body = mode.persisted ? await persistedRequest(text, variables) : { query: text, variables };
    let response: Response;
    let answer: string;
    try {
      response = await options.fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          accept: 'application/graphql-response+json, application/json;q=0.9',
          'content-type': 'application/json',
          ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
        },
        body: JSON.stringify(body),
        redirect: 'manual',
        signal: AbortSignal.timeout(answerTimeoutMs),
      });
      answer = await response.text();
    } catch (error) {
      throw new NoServerError(url, { cause: error });
    }
    return parseAnswer(response.status, answer);
  }

  return {
    async ask<Data, Variables extends object>(document: Document<Data, Variables>, variables: Variables) {
      let answer = await send(document, variables);
      if (!mode.persisted && answer.errors?.some(isPersistedDocumentRequired)) {
        mode.persisted = true;
        answer = await send(document, variables);
      }
      if (answer.errors?.length) throw ServerRefusedError.from(answer.errors);
      return answer.data as Data;
    },
    follow: (document, variables, followOptions = {}) =>
      follow(
        {
          url: () => `${base().replace(/^http/, 'ws')}/graphql`,
          token: options.token,
          WebSocket: options.WebSocket,
          sleep: options.sleep ?? ((delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs))),
          mode,
        },
        document,
        variables,
        followOptions,
      ),
  };
}

function parseAnswer(status: number, text: string): { data?: unknown; errors?: ResponseError[] } {
  const answer = parseObject(text);
  if (answer && (Array.isArray(answer['errors']) || (answer['data'] !== undefined && status < 400))) return answer;
  if (status === 401) throw new ServerRefusedError('UNAUTHENTICATED', 'The server does not accept the token.');
  throw new ServerRefusedError('UNEXPECTED_ANSWER', `The server answered with HTTP ${status} and no GraphQL.`);
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
