/** What came back over the wire. */
export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** The body read as JSON; undefined when it is empty or none. */
  body: Record<string, unknown> | undefined;
}

/** What goes with a request. */
export interface Sent {
  /** Null: no token at all. Absent: the suite's own, which may do everything. */
  token?: string | null;
  /** Sent as JSON, a text as it is. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** Sends one request to a server and reads the whole answer. Redirects are answers too. */
export async function send(url: string, method: string, path: string, sent: Sent = {}): Promise<Reply> {
  const { body, headers = {}, token } = sent;
  const response = await fetch(`${url}/v1/${path}`, {
    method,
    redirect: 'manual',
    headers: { 'content-type': 'application/json', ...(token && { 'x-vault-token': token }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: read(text) };
}

function read(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** Status and errors of a refusal, to compare whole. */
export function refusal({ status, body }: Reply): { status: number; errors: unknown } {
  return { status, errors: body?.['errors'] };
}

/** The `data` of an envelope. */
export function dataOf({ body }: Reply): Record<string, unknown> {
  return (body?.['data'] ?? {}) as Record<string, unknown>;
}

/** The `auth` of an envelope. */
export function authOf({ body }: Reply): Record<string, unknown> {
  return (body?.['auth'] ?? {}) as Record<string, unknown>;
}
