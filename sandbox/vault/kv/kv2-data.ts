import type { Call } from '../call.ts';
import { absent, content, failed, nothing, type Outcome, refused, unsupportedOperation } from '../http/outcome.ts';
import { checkAndSet } from './kv-check.ts';
import { append, deletionAfter, describeVersion, isReadable, newSecret, type Secret } from './kv-versions.ts';
import type { Kv2Store } from './kv2-store.ts';
import { mergePatch } from './merge-patch.ts';

/** The one content type PATCH takes. */
export const mergePatchType = 'application/merge-patch+json';

/** `data/:key`. */
export function onData(store: Kv2Store, call: Call, key: string): Outcome {
  switch (call.operation) {
    case 'read':
      return read(store, call, key);
    case 'update':
      return write(store, call, key);
    case 'patch':
      return patch(store, call, key);
    case 'delete':
      return remove(store, key, [store.secrets.get(key)?.current ?? 0]);
    default:
      return unsupportedOperation;
  }
}

/** `delete/:key`, `undelete/:key`, `destroy/:key`, each on the versions in the body. */
export function onVersions(store: Kv2Store, { operation, body }: Call, verb: string, key: string): Outcome {
  if (operation !== 'update') return unsupportedOperation;
  const numbers = [body['versions'] ?? []].flat().map(Number);
  if (numbers.length === 0) return refused('No version number provided');
  if (verb === 'delete') return remove(store, key, numbers);
  const secret = store.secrets.get(key);
  for (const number of numbers) {
    const version = secret?.versions.get(number);
    if (!secret || !version) continue;
    if (verb === 'destroy') Object.assign(version, { destroyed: true, data: null });
    else if (!version.destroyed) version.deletedAt = deletionAfter(secret, store.config, store.now());
  }
  return nothing;
}

function read({ secrets, now }: Kv2Store, { query }: Call, key: string): Outcome {
  const asked = query.get('version') ?? '0';
  if (!/^-?\d+$/.test(asked))
    return refused(`error converting input ${asked} for field "version": cannot parse "${asked}" as integer`);
  const secret = secrets.get(key);
  const number = Number(asked) > 0 ? Number(asked) : (secret?.current ?? 0);
  const version = secret?.versions.get(number);
  if (!secret || !version) return absent;
  const metadata = tell(secret, number);
  if (isReadable(version, now())) return content({ data: version.data, metadata });
  return { kind: 'content', status: 404, content: { data: null, metadata } };
}

function write(store: Kv2Store, { body }: Call, key: string): Outcome {
  const { data, options } = body;
  if (data === undefined || data === null) return refused('no data provided');
  if (typeof data !== 'object' || Array.isArray(data))
    return refused('error converting input for field "data": expected a map');
  const refusal = checkAndSet(options, store.secrets.get(key), store.config);
  return refusal === undefined ? add(store, key, data as Record<string, unknown>) : refused(refusal);
}

function patch(store: Kv2Store, { body, contentType }: Call, key: string): Outcome {
  if (contentType !== mergePatchType) return wrongType(contentType);
  if (typeof body['data'] !== 'object' || body['data'] === null) return refused('no data provided');
  const secret = store.secrets.get(key);
  if (!secret) return { kind: 'nothing-there' };
  const refusal = checkAndSet(body['options'], secret, store.config);
  if (refusal !== undefined) return refused(refusal);
  const version = secret.versions.get(secret.current);
  if (!version) return { kind: 'nothing-there' };
  if (!isReadable(version, store.now())) return { kind: 'content', status: 404, content: tell(secret, secret.current) };
  return add(store, key, mergePatch(version.data, body['data']) as Record<string, unknown>);
}

/** The refusal of a PATCH that is no merge patch. */
export function wrongType(given: string): Outcome {
  return failed(415, `PATCH requires Content-Type of ${mergePatchType}, provided ${given}`);
}

function add({ secrets, config, now, learn }: Kv2Store, key: string, data: Record<string, unknown>): Outcome {
  const secret = secrets.get(key) ?? newSecret(now());
  secrets.set(key, secret);
  append(secret, data, config, now());
  learn(data);
  return content(tell(secret, secret.current));
}

/** What reads and writes say of a version. */
function tell(secret: Secret, number: number): Record<string, unknown> {
  const version = secret.versions.get(number);
  return { ...(version && describeVersion(version)), custom_metadata: secret.customMetadata, version: number };
}

function remove({ secrets, now }: Kv2Store, key: string, numbers: number[]): Outcome {
  const secret = secrets.get(key);
  for (const number of numbers) {
    const version = secret?.versions.get(number);
    if (version && isReadable(version, now())) version.deletedAt = now();
  }
  return nothing;
}
