import { secondsOf } from '../duration.ts';

/** A request as it came, read. */
export interface Request {
  method: string;
  /** With a leading slash, decoded. */
  path: string;
  /** As it came, for redirects. */
  target: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: Buffer;
  remoteAddress: string;
}

/** The token: `X-Vault-Token`, else a bearer one, else empty. */
export function tokenOf({ headers }: Request): string {
  const bearer = /^Bearer (.*)$/.exec(headers['authorization'] ?? '')?.[1];
  return headers['x-vault-token'] ?? bearer?.trim() ?? '';
}

/** Seconds of `X-Vault-Wrap-TTL`; 0 without it, undefined when it cannot be read. */
export function wrapTtlOf({ headers }: Request): number | undefined {
  const text = headers['x-vault-wrap-ttl'];
  if (text === undefined || text === '') return 0;
  const seconds = secondsOf(text);
  return seconds === undefined || seconds < 0 ? undefined : seconds;
}

/** The JSON object in the body; empty without one. Throws on anything else. */
export function bodyOf({ body }: Request): Record<string, unknown> {
  const text = body.toString();
  if (text.trim() === '') return {};
  const read = JSON.parse(text) as unknown;
  if (typeof read !== 'object' || read === null || Array.isArray(read)) throw new Error('not an object');
  return read as Record<string, unknown>;
}
