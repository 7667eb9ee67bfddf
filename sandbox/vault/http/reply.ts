/** What goes over the wire, before any fault spoils it. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A JSON reply as Vault sends it: never cacheable, a newline at the end. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'cache-control': 'no-store', 'content-type': 'application/json', ...headers },
    body: `${JSON.stringify(value)}\n`,
  };
}

/** A reply without a body, typed as JSON none the less. */
export function empty(status: number): Reply {
  return { status, headers: { 'cache-control': 'no-store', 'content-type': 'application/json' }, body: '' };
}

/** `{"errors": […]}`. No text at all is a shape of its own: the 404 of what never was. */
export function errors(status: number, ...texts: string[]): Reply {
  return json(status, { errors: texts });
}
