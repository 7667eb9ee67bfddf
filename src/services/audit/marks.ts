import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Random } from '../../random.ts';
import type { Database } from '../database/model.ts';
import { type SecretStore, SecretStoreError } from '../secrets/model.ts';

/** A place of the trail with the hash that stood there, vouched for by a key that is not in the database. */
export interface Mark {
  readonly seq: number;
  readonly hash: string;
}

/** `start`: what lies up to it was trimmed. `seal`: where the trail ended when it was last sealed. */
export type MarkName = 'start' | 'seal';

/** A mark as it was found. `unchecked`: there is one, and the key it was signed with could not be read; why. */
export type FoundMark =
  | { readonly kind: 'none' }
  | { readonly kind: 'good'; readonly mark: Mark }
  | { readonly kind: 'forged' }
  | { readonly kind: 'unchecked'; readonly mark: Mark; readonly why: string };

/** Signed marks of the trail, kept in `meta`. */
export interface Marks {
  find(name: MarkName): Promise<FoundMark>;
  /** Fetches the key, made at its first use, and answers with what writes a mark: synchronous, for the caller's transaction. @throws SecretStoreError */
  writer(): Promise<(name: MarkName, mark: Mark) => void>;
}

const path = 'audit';
const keyBytes = 32;

/** Marks whose HMAC key is in the secret store: whoever changes the database alone cannot make one. */
export function createMarks(db: Database, secrets: SecretStore, random: Pick<Random, 'bytes'>): Marks {
  const read = db.sql.prepare('SELECT value FROM meta WHERE key = ?').pluck();
  const write = db.sql.prepare(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const sign = (key: Buffer, name: MarkName, { seq, hash }: Mark) =>
    createHmac('sha256', key)
      .update(JSON.stringify([db.storeId, name, seq, hash]))
      .digest('hex');

  const readKey = async () => {
    const kept = (await secrets.read(path))?.data['key'];
    return typeof kept === 'string' ? Buffer.from(kept, 'base64') : undefined;
  };

  return {
    find: async (name) => {
      const text = read.get(`audit_${name}`) as string | undefined;
      if (text === undefined) return { kind: 'none' };
      const kept = parseMark(text);
      if (!kept) return { kind: 'forged' };
      try {
        const key = await readKey();
        if (!key) return { kind: 'unchecked', mark: kept, why: 'The key of its signature is not in the secret store.' };
        return isSame(sign(key, name, kept), kept.signature) ? { kind: 'good', mark: kept } : { kind: 'forged' };
      } catch (error) {
        if (!(error instanceof SecretStoreError)) throw error;
        return { kind: 'unchecked', mark: kept, why: error.message };
      }
    },
    writer: async () => {
      const key = (await readKey()) ?? (await makeKey(secrets, random, readKey));
      return (name, mark) => {
        write.run(`audit_${name}`, JSON.stringify({ ...mark, signature: sign(key, name, mark) }));
      };
    },
  };
}

/** Another process may be first: then its key is the key. */
async function makeKey(
  secrets: SecretStore,
  random: Pick<Random, 'bytes'>,
  readKey: () => Promise<Buffer | undefined>,
): Promise<Buffer> {
  const key = random.bytes(keyBytes);
  try {
    await secrets.write(path, { key: key.toString('base64') }, 0);
    return key;
  } catch (error) {
    const other = error instanceof SecretStoreError && error.code === 'conflict' ? await readKey() : undefined;
    if (!other) throw error;
    return other;
  }
}

function parseMark(text: string): (Mark & { readonly signature: string }) | undefined {
  try {
    const { seq, hash, signature } = JSON.parse(text) as Record<string, unknown>;
    if (Number.isSafeInteger(seq) && typeof hash === 'string' && typeof signature === 'string')
      return { seq: seq as number, hash, signature };
  } catch {}
  return undefined;
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
