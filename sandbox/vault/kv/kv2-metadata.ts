import type { Call } from '../call.ts';
import { goDuration, secondsOf } from '../duration.ts';
import { absent, content, nothing, type Outcome, unsupportedOperation } from '../http/outcome.ts';
import type { Dialect } from '../settings.ts';
import { keysBelow } from './keys-below.ts';
import { describeVersion, newSecret, type Secret, timestamp } from './kv-versions.ts';
import { mergePatchType, wrongType } from './kv2-data.ts';
import type { Kv2Store } from './kv2-store.ts';
import { mergePatch } from './merge-patch.ts';

/** `metadata/:key`. */
export function onMetadata(store: Kv2Store, call: Call, key: string): Outcome {
  const { secrets, settings } = store;
  switch (call.operation) {
    case 'list': {
      const keys = keysBelow(secrets.keys(), key);
      return keys.length === 0 ? absent : content({ keys });
    }
    case 'read': {
      const secret = secrets.get(key);
      return secret ? content(describeSecret(secret, settings.dialect)) : absent;
    }
    case 'delete':
      secrets.delete(key);
      return nothing;
    default:
      return change(store, call, key);
  }
}

/** `config` of the mount. */
export function onConfig({ config }: Kv2Store, { operation, body }: Call): Outcome {
  if (operation === 'read')
    return content({ ...config, delete_version_after: goDuration(config.delete_version_after) });
  if (operation !== 'update') return unsupportedOperation;
  if (typeof body['max_versions'] === 'number') config.max_versions = body['max_versions'];
  if (typeof body['cas_required'] === 'boolean') config.cas_required = body['cas_required'];
  config.delete_version_after = secondsOf(body['delete_version_after']) ?? config.delete_version_after;
  return nothing;
}

const fields = ['max_versions', 'cas_required', 'delete_version_after', 'custom_metadata'];

function change({ secrets, config, now }: Kv2Store, { operation, body, contentType }: Call, key: string): Outcome {
  if (operation === 'patch') {
    if (contentType !== mergePatchType) return wrongType(contentType);
    if (!secrets.has(key)) return { kind: 'nothing-there' };
  }
  if (!fields.some((field) => body[field] !== undefined)) return nothing;
  const secret = secrets.get(key) ?? newSecret(now());
  secrets.set(key, secret);
  if (typeof body['max_versions'] === 'number') secret.maxVersions = body['max_versions'];
  if (typeof body['cas_required'] === 'boolean') secret.casRequired = body['cas_required'];
  secret.deleteVersionAfter = secondsOf(body['delete_version_after']) ?? secret.deleteVersionAfter;
  const custom = body['custom_metadata'];
  if (custom !== undefined)
    secret.customMetadata = textsOf(operation === 'patch' ? mergePatch(secret.customMetadata, custom) : custom);
  if (body['cas_required'] !== false || !config.cas_required) return nothing;
  const ignored = '"cas_required" set to false, but is mandated by backend config. This value will be ignored.';
  return { kind: 'nothing', warnings: [ignored] };
}

function textsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(value ?? {}).map(([name, entry]) => [name, String(entry)]));
}

function describeSecret(secret: Secret, dialect: Dialect): Record<string, unknown> {
  return {
    cas_required: secret.casRequired,
    created_time: timestamp(secret.createdAt),
    ...(dialect === 'openbao' && { current_metadata_version: 0, metadata_cas_required: false }),
    current_version: secret.current,
    custom_metadata: secret.customMetadata,
    delete_version_after: goDuration(secret.deleteVersionAfter),
    max_versions: secret.maxVersions,
    oldest_version: secret.oldest,
    updated_time: timestamp(secret.updatedAt),
    versions: Object.fromEntries([...secret.versions].map(([number, version]) => [number, describeVersion(version)])),
  };
}
