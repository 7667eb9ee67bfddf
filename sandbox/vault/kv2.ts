import type { Call } from './call.ts';
import { goDuration, secondsOf } from './duration.ts';
import type { Engine } from './engine.ts';
import { keysBelow } from './keys-below.ts';
import { checkAndSet } from './kv-check.ts';
import {
  append,
  describeVersion,
  isReadable,
  type KvConfig,
  newSecret,
  type Secret,
  timestamp,
} from './kv-versions.ts';
import { mergePatch } from './merge-patch.ts';
import { absent, content, failed, nothing, type Outcome, refused, unsupportedOperation } from './outcome.ts';
import type { Settings } from './settings.ts';

type Verb = (call: Call, key: string) => Outcome;

const wrongPath =
  "Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate API endpoints to use. If using the Vault CLI, use 'vault kv get' for this operation.";
const beingUpgraded =
  'Upgrading from non-versioned to versioned data. This backend will be unavailable for a brief period and will resume service shortly.';

/** A KV v2 engine (RELIABILITY §5, table). `learn` is told every value stored, so that the journal can tell where one strays. */
export function createKv2(now: () => number, settings: Settings, learn: (value: unknown) => void): Engine {
  const secrets = new Map<string, Secret>();
  const config: KvConfig = { max_versions: 0, cas_required: false, delete_version_after: 0 };

  function read({ query }: Call, key: string): Outcome {
    const secret = secrets.get(key);
    const asked = query.get('version') ?? '0';
    if (!/^\d+$/.test(asked))
      return refused(
        `error converting input ${asked} for field "version": strconv.ParseInt: parsing "${asked}": invalid syntax`,
      );
    const number = Number(asked) || (secret?.current ?? 0);
    const version = secret?.versions.get(number);
    if (!secret || !version) return absent;
    const metadata = tell(secret, number);
    if (isReadable(version, now())) return content({ data: version.data, metadata });
    return { kind: 'content', status: 404, content: { data: null, metadata } };
  }

  function write({ body }: Call, key: string): Outcome {
    if (key.endsWith('/') || key === '') return refused("cannot write to a path ending in '/'");
    const { data } = body;
    if (data === undefined || data === null) return refused('no data provided');
    if (typeof data !== 'object' || Array.isArray(data))
      return refused('error converting input for field "data": expected a map');
    const refusal = checkAndSet(body['options'], secrets.get(key), config);
    if (refusal) return refused(refusal);
    return store(key, data as Record<string, unknown>);
  }

  function patch({ body, contentType }: Call, key: string): Outcome {
    if (contentType !== 'application/merge-patch+json')
      return failed(415, `PATCH requires Content-Type of application/merge-patch+json, provided ${contentType}`);
    if (key.endsWith('/') || key === '') return refused("cannot write to a path ending in '/'");
    if (typeof body['data'] !== 'object' || body['data'] === null) return refused('no data provided');
    const secret = secrets.get(key);
    const version = secret?.versions.get(secret.current);
    if (!secret || !version) return { kind: 'nothing-there' };
    const refusal = checkAndSet(body['options'], secret, config);
    if (refusal) return refused(refusal);
    if (!isReadable(version, now()))
      return { kind: 'content', status: 404, content: { data: null, metadata: tell(secret, secret.current) } };
    return store(key, mergePatch(version.data, body['data']) as Record<string, unknown>);
  }

  function store(key: string, data: Record<string, unknown>): Outcome {
    const secret = secrets.get(key) ?? newSecret(now());
    secrets.set(key, secret);
    append(secret, data, config, now());
    learn(data);
    return content(tell(secret, secret.current));
  }

  function tell(secret: Secret, number: number): Record<string, unknown> {
    const version = secret.versions.get(number);
    return {
      ...(version && describeVersion(version)),
      custom_metadata: secret.customMetadata,
      version: number,
    };
  }

  function remove(key: string, numbers: number[]): Outcome {
    const secret = secrets.get(key);
    for (const number of numbers) {
      const version = secret?.versions.get(number);
      if (version && isReadable(version, now())) version.deletedAt = now();
    }
    return nothing;
  }

  /** A verb on a list of versions in the body. */
  function onVersions(change: (secret: Secret, number: number) => void): Verb {
    return ({ operation, body }, key) => {
      if (operation !== 'update') return unsupportedOperation;
      const numbers = [body['versions'] ?? []].flat().map(Number);
      if (numbers.length === 0) return refused('No version number provided');
      const secret = secrets.get(key);
      for (const number of numbers) if (secret?.versions.has(number)) change(secret, number);
      return nothing;
    };
  }

  function metadata(call: Call, key: string): Outcome {
    switch (call.operation) {
      case 'list': {
        const keys = keysBelow(secrets.keys(), key);
        return keys.length === 0 ? absent : content({ keys });
      }
      case 'read': {
        const secret = secrets.get(key);
        return secret ? content(describeSecret(secret)) : absent;
      }
      case 'delete':
        secrets.delete(key);
        return nothing;
      default:
        return describe(call, key);
    }
  }

  function describe({ operation, body, contentType }: Call, key: string): Outcome {
    if (operation === 'patch' && contentType !== 'application/merge-patch+json')
      return failed(415, `PATCH requires Content-Type of application/merge-patch+json, provided ${contentType}`);
    if (operation === 'patch' && !secrets.has(key)) return { kind: 'nothing-there' };
    const secret = secrets.get(key) ?? newSecret(now());
    secrets.set(key, secret);
    if (typeof body['max_versions'] === 'number') secret.maxVersions = body['max_versions'];
    if (typeof body['cas_required'] === 'boolean') secret.casRequired = body['cas_required'];
    if (body['delete_version_after'] !== undefined)
      secret.deleteVersionAfter = secondsOf(body['delete_version_after']) ?? 0;
    const custom = body['custom_metadata'];
    if (custom !== undefined)
      secret.customMetadata = (operation === 'patch' ? mergePatch(secret.customMetadata, custom) : custom) as Record<
        string,
        string
      >;
    secret.updatedAt = now();
    return nothing;
  }

  function describeSecret(secret: Secret): Record<string, unknown> {
    return {
      cas_required: secret.casRequired,
      created_time: timestamp(secret.createdAt),
      ...(settings.dialect === 'openbao' && { current_metadata_version: 0, metadata_cas_required: false }),
      current_version: secret.current,
      custom_metadata: secret.customMetadata,
      delete_version_after: goDuration(secret.deleteVersionAfter),
      max_versions: secret.maxVersions,
      oldest_version: secret.oldest,
      updated_time: timestamp(secret.updatedAt),
      versions: Object.fromEntries([...secret.versions].map(([number, version]) => [number, describeVersion(version)])),
    };
  }

  function configure({ operation, body }: Call): Outcome {
    if (operation === 'read')
      return content({ ...config, delete_version_after: goDuration(config.delete_version_after) });
    if (operation !== 'update') return unsupportedOperation;
    if (typeof body['max_versions'] === 'number') config.max_versions = body['max_versions'];
    if (typeof body['cas_required'] === 'boolean') config.cas_required = body['cas_required'];
    if (body['delete_version_after'] !== undefined)
      config.delete_version_after = secondsOf(body['delete_version_after']) ?? 0;
    return nothing;
  }

  const verbs: Record<string, Verb> = {
    data: (call, key) => {
      switch (call.operation) {
        case 'read':
          return read(call, key);
        case 'update':
          return write(call, key);
        case 'patch':
          return patch(call, key);
        case 'delete':
          return remove(key, [secrets.get(key)?.current ?? 0]);
        default:
          return unsupportedOperation;
      }
    },
    metadata,
    delete: (call, key) => onVersions((_secret, number) => remove(key, [number]))(call, key),
    undelete: onVersions((secret, number) => {
      const version = secret.versions.get(number);
      if (version && !version.destroyed) version.deletedAt = null;
    }),
    destroy: onVersions((secret, number) => {
      const version = secret.versions.get(number);
      if (version) Object.assign(version, { destroyed: true, data: null });
    }),
    config: configure,
  };

  return {
    exists: (path) => {
      const [, verb, key = ''] = /^(data|metadata|config)(?:\/(.*))?$/s.exec(path) ?? [];
      if (verb === undefined) return undefined;
      return verb === 'config' ? undefined : secrets.has(key);
    },
    answer: (call) => {
      if (settings.upgrading) return refused(beingUpgraded);
      const [, name = '', key = ''] = /^([^/]*)\/?(.*)$/s.exec(call.path) ?? [];
      const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
      return verb ? verb(call, key) : { kind: 'content', status: 404, content: null, warnings: [wrongPath] };
    },
  };
}
