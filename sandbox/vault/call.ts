import type { Token } from './auth/token.ts';

/** What a caller wants; Vault knows no HTTP methods behind its door. */
export type Operation = 'read' | 'update' | 'delete' | 'list' | 'patch';

/** A request that reached an engine. */
export interface Call {
  operation: Operation;
  /** Behind the mount, without a leading slash. */
  path: string;
  query: URLSearchParams;
  /** The JSON body; empty when there was none. */
  body: Record<string, unknown>;
  contentType: string;
  remoteAddress: string;
  /** Who calls; undefined on a path that is open to anybody. */
  token: Token | undefined;
  /** The token as sent, alive or not. */
  tokenId: string;
  /** Seconds the answer is to be wrapped for; 0: not at all. */
  wrapTtl: number;
}

/** The operation of a method; undefined for one Vault refuses with 405. */
export function operationOf(method: string, query: URLSearchParams): Operation | undefined {
  switch (method) {
    case 'GET':
      return query.get('list') === 'true' ? 'list' : 'read';
    case 'POST':
    case 'PUT':
      return 'update';
    case 'DELETE':
      return 'delete';
    case 'LIST':
      return 'list';
    case 'PATCH':
      return 'patch';
    default:
      return undefined;
  }
}

/** A text of the body, trimmed; empty when absent or of another type. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** A list of texts, given as a list or with commas. */
export function listOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string'
    ? value
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean)
    : [];
}
