/** The one way out: everything that talks HTTP receives a function of this shape. */
export type Fetch = typeof fetch;

/** The machine's network: Node's fetch, which reads no proxy from the environment. */
export const systemFetch: Fetch = (input, init) => fetch(input, init);
