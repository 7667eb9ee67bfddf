import { type Call, textOf } from '../call.ts';
import type { Engine } from '../engine.ts';
import {
  absent,
  content,
  nothing,
  type Outcome,
  refused,
  unsupportedOperation,
  unsupportedPath,
} from '../http/outcome.ts';
import {
  decrypt,
  describeKey,
  encrypt,
  isBase64,
  newTransitKey,
  type Result,
  rotate,
  type TransitKey,
} from './transit-key.ts';

interface Transit {
  keys: Map<string, TransitKey>;
  now(): number;
  /** Told every plaintext. */
  learn(value: unknown): void;
}

type Item = Record<string, unknown>;
type Deed = (transit: Transit, name: string, item: Item) => Result;

/** The transit engine with AES-256-GCM: a real cipher, so that what comes back is what went in or nothing. */
export function createTransit(now: () => number, learn: (value: unknown) => void): Engine {
  const transit: Transit = { keys: new Map(), now, learn };
  return {
    exists: (path) => {
      const name = /^encrypt\/(.+)$/.exec(path)?.[1];
      return name === undefined ? undefined : transit.keys.has(name);
    },
    answer: (call) => {
      const [, verb = '', name = '', rest] = /^([^/]+)\/?([^/]*)(?:\/(.+))?$/.exec(call.path) ?? [];
      if (verb === 'keys') return onKeys(transit, call, name, rest);
      const deed = Object.hasOwn(deeds, verb) ? deeds[verb] : undefined;
      return deed && name !== '' && rest === undefined ? perform(transit, call, name, deed) : unsupportedPath;
    },
  };
}

function onKeys(transit: Transit, call: Call, name: string, rest: string | undefined): Outcome {
  const { keys, now } = transit;
  if (name === '')
    return call.operation === 'list' && keys.size > 0 ? content({ keys: [...keys.keys()].sort() }) : absent;
  const key = keys.get(name);
  switch (rest) {
    case undefined:
      return onKey(transit, call, name);
    case 'config':
      return key ? configure(key, call) : refused(`no existing key named ${name} could be found`);
    case 'rotate':
      if (!key) return refused('key not found');
      rotate(key, now());
      return content(describeKey(name, key));
    default:
      return unsupportedPath;
  }
}

function onKey(transit: Transit, { operation, body }: Call, name: string): Outcome {
  const key = transit.keys.get(name);
  switch (operation) {
    case 'read':
      return key ? content(describeKey(name, key)) : absent;
    case 'update': {
      const type = body['type'] ?? 'aes256-gcm96';
      if (type !== 'aes256-gcm96') return refused(`unknown key type ${String(type)}`);
      return content(describeKey(name, key ?? makeKey(transit, name)));
    }
    case 'delete': {
      const failure = !key
        ? 'could not delete key; not found'
        : key.deletionAllowed
          ? undefined
          : 'deletion is not allowed for this key';
      if (failure !== undefined) return refused(`error deleting policy ${name}: ${failure}`);
      transit.keys.delete(name);
      return nothing;
    }
    default:
      return unsupportedOperation;
  }
}

function makeKey({ keys, now }: Transit, name: string): TransitKey {
  const key = newTransitKey();
  rotate(key, now());
  keys.set(name, key);
  return key;
}

function configure(key: TransitKey, { body }: Call): Outcome {
  const version = body['min_decryption_version'];
  if (typeof version === 'number') {
    const latest = key.versions.length;
    if (version > latest)
      return refused(`cannot set min decryption version of ${version}, latest key version is ${latest}`);
    key.minDecryptionVersion = Math.max(1, version);
  }
  if (typeof body['min_encryption_version'] === 'number') key.minEncryptionVersion = body['min_encryption_version'];
  if (typeof body['deletion_allowed'] === 'boolean') key.deletionAllowed = body['deletion_allowed'];
  return nothing;
}

const encryptItem: Deed = (transit, name, item) => {
  const plaintext = item['plaintext'];
  if (typeof plaintext !== 'string') return 'missing plaintext to encrypt';
  if (!isBase64(plaintext)) return 'failed to base64-decode plaintext';
  transit.learn(plaintext);
  return encrypt(transit.keys.get(name) ?? makeKey(transit, name), Buffer.from(plaintext, 'base64'), aadOf(item));
};

const decryptItem: Deed = ({ keys }, name, item) => {
  const ciphertext = textOf(item['ciphertext']);
  if (ciphertext === '') return 'missing ciphertext to decrypt';
  const key = keys.get(name);
  return key ? decrypt(key, ciphertext, aadOf(item)) : 'encryption key not found';
};

const rewrapItem: Deed = (transit, name, item) => {
  const plain = decryptItem(transit, name, item);
  return typeof plain === 'string' ? plain : encryptItem(transit, name, { ...item, ...plain });
};

const deeds: Record<string, Deed> = { encrypt: encryptItem, decrypt: decryptItem, rewrap: rewrapItem };

function aadOf(item: Item): Buffer {
  return Buffer.from(textOf(item['associated_data']), 'base64');
}

/** One item in the body, or each of `batch_input`: then a 400, or the status wished for, as soon as one fails. */
function perform(transit: Transit, { operation, body }: Call, name: string, deed: Deed): Outcome {
  if (operation !== 'update') return unsupportedOperation;
  const batch = body['batch_input'];
  if (batch === undefined) {
    const result = deed(transit, name, body);
    return typeof result === 'string' ? refused(result) : content(result);
  }
  if (!Array.isArray(batch) || batch.length === 0) return refused('missing batch input to process');
  const results = (batch as Item[]).map((item) => {
    const result = deed(transit, name, item);
    const reference = item['reference'];
    return {
      ...(typeof result === 'string' ? { error: result } : result),
      ...(reference !== undefined && { reference }),
    };
  });
  const wished = body['partial_failure_response_code'];
  const failing = typeof wished === 'number' ? wished : 400;
  const status = results.some((result) => 'error' in result) ? failing : 200;
  return { kind: 'content', status, content: { batch_results: results } };
}
