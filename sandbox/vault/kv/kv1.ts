import type { Engine } from '../engine.ts';
import { absent, content, nothing, refused, unsupportedOperation } from '../http/outcome.ts';
import { keysBelow } from './keys-below.ts';

/** A KV v1 engine: what is written is there, without versions. Here to be told apart from v2. */
export function createKv1(learn: (value: unknown) => void): Engine {
  const secrets = new Map<string, Record<string, unknown>>();
  return {
    exists: (path) => secrets.has(path),
    answer: ({ operation, path, body }) => {
      switch (operation) {
        case 'read': {
          const secret = secrets.get(path);
          return secret ? content(secret) : absent;
        }
        case 'update':
          if (path === '' || path.endsWith('/')) return refused("cannot write to a path ending in '/'");
          if (Object.keys(body).length === 0) return refused('missing data fields');
          secrets.set(path, body);
          learn(body);
          return nothing;
        case 'delete':
          secrets.delete(path);
          return nothing;
        case 'list': {
          const keys = keysBelow(secrets.keys(), path);
          return keys.length === 0 ? absent : content({ keys });
        }
        default:
          return unsupportedOperation;
      }
    },
  };
}
