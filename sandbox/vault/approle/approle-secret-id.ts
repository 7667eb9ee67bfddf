import { type Call, listOf, textOf } from '../call.ts';
import { secondsOf } from '../duration.ts';
import {
  absent,
  content,
  nothing,
  type Outcome,
  refused,
  unsupportedOperation,
  unsupportedPath,
} from '../http/outcome.ts';
import { uuid } from '../ids.ts';
import { timestamp } from '../kv/kv-versions.ts';
import type { AppRoleSeat } from './approle.ts';
import type { RoleEntry } from './approle-role.ts';

/** `role/:name/secret-id` and what lies below and beside it; `verb` is the path behind the role. */
export function onSecretId(seat: AppRoleSeat, call: Call, entry: RoleEntry, verb: string): Outcome {
  const id = textOf(call.body['secret_id']);
  switch (verb) {
    case 'secret-id':
      if (call.operation === 'list') return list(entry);
      return call.operation === 'update' ? issue(seat, call, entry, uuid()) : unsupportedOperation;
    case 'custom-secret-id':
      return id === '' ? refused('missing secret_id') : issue(seat, call, entry, id);
    case 'secret-id/lookup':
      return id === '' ? refused('missing secret_id') : lookUp(seat, entry, id);
    case 'secret-id/destroy':
      entry.secretIds.delete(id);
      return nothing;
    case 'secret-id-accessor/destroy': {
      const accessor = textOf(call.body['secret_id_accessor']);
      for (const [key, value] of entry.secretIds) if (value.accessor === accessor) entry.secretIds.delete(key);
      return nothing;
    }
    default:
      return unsupportedPath;
  }
}

function list({ secretIds }: RoleEntry): Outcome {
  const keys = [...secretIds.values()].map(({ accessor }) => accessor);
  return keys.length === 0 ? absent : content({ keys });
}

function issue({ now, learn }: AppRoleSeat, { body }: Call, { role, secretIds }: RoleEntry, id: string): Outcome {
  if (!role.bind_secret_id) return refused('bind_secret_id is not set on the role');
  const ttl = secondsOf(body['ttl']) ?? role.secret_id_ttl;
  const uses = secondsOf(body['num_uses']) ?? role.secret_id_num_uses;
  const accessor = uuid();
  secretIds.set(id, {
    accessor,
    cidrs: listOf(body['cidr_list']),
    metadata: metadataOf(body['metadata']),
    createdAt: now(),
    expiresAt: ttl > 0 ? now() + ttl * 1000 : null,
    uses,
  });
  learn(id);
  return content({ secret_id: id, secret_id_accessor: accessor, secret_id_num_uses: uses, secret_id_ttl: ttl });
}

function lookUp({ now }: AppRoleSeat, { secretIds }: RoleEntry, id: string): Outcome {
  const found = secretIds.get(id);
  if (!found || (found.expiresAt !== null && found.expiresAt <= now())) return nothing;
  return content({
    cidr_list: found.cidrs,
    creation_time: timestamp(found.createdAt),
    expiration_time: found.expiresAt === null ? '0001-01-01T00:00:00Z' : timestamp(found.expiresAt),
    metadata: found.metadata,
    secret_id_accessor: found.accessor,
    secret_id_num_uses: found.uses,
    secret_id_ttl: found.expiresAt === null ? 0 : (found.expiresAt - found.createdAt) / 1000,
  });
}

/** Metadata come as JSON in a text; what is none counts as none. */
function metadataOf(text: unknown): Record<string, string> {
  try {
    const read = typeof text === 'string' ? (JSON.parse(text) as unknown) : text;
    return typeof read === 'object' && read !== null ? (read as Record<string, string>) : {};
  } catch {
    return {};
  }
}
