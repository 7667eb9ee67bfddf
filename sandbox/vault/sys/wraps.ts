import { letters } from '../ids.ts';
import { timestamp } from '../kv/kv-versions.ts';
import type { Settings } from '../settings.ts';

/** A response put away under a token that opens it once. */
interface Wrap {
  token: string;
  body: string;
  createdAt: number;
  /** Seconds. */
  ttl: number;
  path: string;
}

/** Response wrapping (RELIABILITY §5). */
export interface Wraps {
  /** Puts an envelope away; what `wrap_info` says of it. */
  wrap(body: string, ttl: number, path: string, accessor?: string): Record<string, unknown>;
  /** What may be known without opening it; undefined when used, expired or never there. */
  lookUp(token: string): Record<string, unknown> | undefined;
  /** Gives the envelope, once. */
  open(token: string): string | undefined;
  /** Opens, and puts away anew under another token. */
  rewrap(token: string): Record<string, unknown> | undefined;
  has(token: string): boolean;
}

/** Holds wrapped responses in memory. */
export function createWraps(now: () => number, settings: Settings, learn: (value: unknown) => void): Wraps {
  const all = new Map<string, Wrap>();

  function find(token: string): Wrap | undefined {
    const found = all.get(token);
    if (found && found.createdAt + found.ttl * 1000 > now()) return found;
    all.delete(token);
    return undefined;
  }

  function wrap(body: string, ttl: number, path: string, accessor?: string): Record<string, unknown> {
    const token = (settings.dialect === 'vault' ? 'hvs.' : 's.') + letters(settings.dialect === 'vault' ? 90 : 24);
    all.set(token, { token, body, createdAt: now(), ttl, path });
    learn(token);
    return {
      token,
      accessor: letters(24),
      ttl,
      creation_time: timestamp(now()),
      creation_path: path,
      ...(accessor !== undefined && { wrapped_accessor: accessor }),
    };
  }

  function open(token: string): string | undefined {
    const found = find(token);
    all.delete(token);
    return found?.body;
  }

  return {
    wrap,
    open,
    lookUp: (token) => {
      const found = find(token);
      return found && { creation_path: found.path, creation_time: timestamp(found.createdAt), creation_ttl: found.ttl };
    },
    rewrap: (token) => {
      const found = find(token);
      const body = open(token);
      return found && body !== undefined ? wrap(body, found.ttl, found.path) : undefined;
    },
    has: (token) => find(token) !== undefined,
  };
}
