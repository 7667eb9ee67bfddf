import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type Call, textOf } from './call.ts';
import type { Engine } from './engine.ts';
import { absent, content, nothing, type Outcome, refused, unsupportedOperation, unsupportedPath } from './outcome.ts';

/** A named key; version n is at index n − 1. */
interface Key {
  versions: { secret: Buffer; createdAt: number }[];
  minDecryptionVersion: number;
  minEncryptionVersion: number;
  deletionAllowed: boolean;
}

/** A value, or the text of a refusal. */
type Result = { plaintext: string } | { ciphertext: string; key_version: number } | string;

/** The transit engine with AES-256-GCM: a real cipher, so that what comes back is what went in or nothing. */
export function createTransit(now: () => number, learn: (value: unknown) => void): Engine {
  const keys = new Map<string, Key>();

  function grow(name: string): Key {
    const key = keys.get(name) ?? {
      versions: [],
      minDecryptionVersion: 1,
      minEncryptionVersion: 0,
      deletionAllowed: false,
    };
    key.versions.push({ secret: randomBytes(32), createdAt: now() });
    keys.set(name, key);
    return key;
  }

  function onKey({ operation, body }: Call, name: string): Outcome {
    const key = keys.get(name);
    switch (operation) {
      case 'read':
        return key ? content(describeKey(name, key)) : absent;
      case 'update':
        if (key) return nothing;
        if ((body['type'] ?? 'aes256-gcm96') !== 'aes256-gcm96')
          return refused(`unknown key type ${String(body['type'])}`);
        grow(name);
        return content(describeKey(name, keys.get(name) as Key));
      case 'delete':
        if (!key) return refused(`error deleting policy ${name}: could not delete key; not found`);
        if (!key.deletionAllowed) return refused(`error deleting policy ${name}: deletion is not allowed for this key`);
        keys.delete(name);
        return nothing;
      default:
        return unsupportedOperation;
    }
  }

  function configure({ body }: Call, name: string): Outcome {
    const key = keys.get(name);
    if (!key) return refused(`no existing key named ${name} could be found`);
    const version = body['min_decryption_version'];
    if (typeof version === 'number') {
      if (version > key.versions.length)
        return refused(`cannot set min decryption version of ${version}, latest key version is ${key.versions.length}`);
      key.minDecryptionVersion = Math.max(1, version);
    }
    if (typeof body['min_encryption_version'] === 'number') key.minEncryptionVersion = body['min_encryption_version'];
    if (typeof body['deletion_allowed'] === 'boolean') key.deletionAllowed = body['deletion_allowed'];
    return nothing;
  }

  function encryptItem(name: string, item: Record<string, unknown>): Result {
    const plaintext = item['plaintext'];
    if (typeof plaintext !== 'string') return 'missing plaintext to encrypt';
    if (!isBase64(plaintext)) return 'failed to base64-decode plaintext';
    learn(plaintext);
    const key = keys.get(name) ?? grow(name);
    return encrypt(key, Buffer.from(plaintext, 'base64'), aadOf(item));
  }

  function decryptItem(name: string, item: Record<string, unknown>): Result {
    const ciphertext = textOf(item['ciphertext']);
    if (ciphertext === '') return 'missing ciphertext to decrypt';
    const key = keys.get(name);
    return key ? decrypt(key, ciphertext, aadOf(item)) : 'encryption key not found';
  }

  function rewrapItem(name: string, item: Record<string, unknown>): Result {
    const plain = decryptItem(name, item);
    return typeof plain === 'string' || !('plaintext' in plain) ? plain : encryptItem(name, { ...item, ...plain });
  }

  function each(call: Call, name: string, one: (name: string, item: Record<string, unknown>) => Result): Outcome {
    if (call.operation !== 'update') return unsupportedOperation;
    const batch = call.body['batch_input'];
    if (batch === undefined) {
      const result = one(name, call.body);
      return typeof result === 'string' ? refused(result) : content(result);
    }
    if (!Array.isArray(batch) || batch.length === 0) return refused('missing batch input to process');
    const results = (batch as Record<string, unknown>[]).map((item) => {
      const result = one(name, item);
      const reference = item['reference'] === undefined ? {} : { reference: item['reference'] };
      return { ...(typeof result === 'string' ? { error: result } : result), ...reference };
    });
    const wished = call.body['partial_failure_response_code'];
    const failedSome = results.some((result) => 'error' in result);
    const status = failedSome ? (typeof wished === 'number' ? wished : 400) : 200;
    return { kind: 'content', status, content: { batch_results: results } };
  }

  return {
    exists: (path) => {
      const name = /^encrypt\/(.+)$/.exec(path)?.[1];
      return name === undefined ? undefined : keys.has(name);
    },
    answer: (call) => {
      const [, verb = '', name = '', rest] = /^([^/]+)\/?([^/]*)(?:\/(.+))?$/.exec(call.path) ?? [];
      if (verb === 'keys' && name === '')
        return call.operation === 'list' && keys.size > 0 ? content({ keys: [...keys.keys()].sort() }) : absent;
      if (verb === 'keys' && rest === 'config') return configure(call, name);
      if (verb === 'keys' && rest === 'rotate') {
        if (!keys.has(name)) return refused('key not found');
        return content(describeKey(name, grow(name)));
      }
      if (rest !== undefined || name === '') return unsupportedPath;
      if (verb === 'keys') return onKey(call, name);
      if (verb === 'encrypt') return each(call, name, encryptItem);
      if (verb === 'decrypt') return each(call, name, decryptItem);
      return verb === 'rewrap' ? each(call, name, rewrapItem) : unsupportedPath;
    },
  };
}

function describeKey(name: string, key: Key): Record<string, unknown> {
  return {
    allow_plaintext_backup: false,
    deletion_allowed: key.deletionAllowed,
    derived: false,
    exportable: false,
    keys: Object.fromEntries(key.versions.map(({ createdAt }, index) => [index + 1, Math.floor(createdAt / 1000)])),
    latest_version: key.versions.length,
    min_available_version: 0,
    min_decryption_version: key.minDecryptionVersion,
    min_encryption_version: key.minEncryptionVersion,
    name,
    supports_decryption: true,
    supports_derivation: true,
    supports_encryption: true,
    supports_signing: false,
    type: 'aes256-gcm96',
  };
}

function aadOf(item: Record<string, unknown>): Buffer {
  return Buffer.from(textOf(item['associated_data']), 'base64');
}

function isBase64(text: string): boolean {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text);
}

function encrypt(key: Key, plaintext: Buffer, aad: Buffer): Result {
  const version = key.versions.length;
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.versions[version - 1]?.secret ?? '', nonce).setAAD(aad);
  const sealed = Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  return { ciphertext: `vault:v${version}:${sealed.toString('base64')}`, key_version: version };
}

function decrypt(key: Key, ciphertext: string, aad: Buffer): Result {
  if (!ciphertext.startsWith('vault:v')) return 'invalid ciphertext: no prefix';
  const [number = '', sealed, ...more] = ciphertext.slice('vault:v'.length).split(':');
  if (sealed === undefined || more.length > 0) return 'invalid ciphertext: wrong number of fields';
  if (!/^-?\d+$/.test(number)) return 'invalid ciphertext: version number could not be decoded';
  const version = Number(number);
  if (version > key.versions.length) return 'invalid ciphertext: version is too new';
  if (version < key.minDecryptionVersion) return 'ciphertext or signature version is disallowed by policy (too old)';
  if (!isBase64(sealed)) return 'invalid ciphertext: could not decode base64';
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length < 28) return 'invalid ciphertext length';
  try {
    const cipher = createDecipheriv('aes-256-gcm', key.versions[version - 1]?.secret ?? '', bytes.subarray(0, 12));
    cipher.setAAD(aad).setAuthTag(bytes.subarray(-16));
    return { plaintext: Buffer.concat([cipher.update(bytes.subarray(12, -16)), cipher.final()]).toString('base64') };
  } catch {
    return 'cipher: message authentication failed';
  }
}
