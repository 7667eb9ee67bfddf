import type { Database as Sqlite } from 'better-sqlite3';
import type { Random } from '../../../random.ts';
import { nonceBytes, seal, unseal } from './cipher.ts';

/** The one row of `secret_key`: how the key is had, and a known text encrypted with it. */
export interface KeyRow {
  readonly kdf: string;
  /** Of a passphrase. */
  readonly salt: Buffer | null;
  /** Drawn anew with every key: tells one key from another without knowing either. */
  readonly check_nonce: Buffer;
  readonly check_ciphertext: Buffer;
}

const checkText = Buffer.from('prospector');
const checkContext = Buffer.from('prospector secret key');

/** The row, or undefined before the first start. */
export function readKeyRow(sql: Sqlite): KeyRow | undefined {
  return sql.prepare<[], KeyRow>('SELECT kdf, salt, check_nonce, check_ciphertext FROM secret_key WHERE id = 1').get();
}

/** Writes the row with a fresh check value for `key`. Returns the nonce of it. */
export function writeKeyRow(
  sql: Sqlite,
  row: { readonly kdf: 'file' | 'scrypt'; readonly salt: Buffer | null; readonly key: Buffer },
  random: Pick<Random, 'bytes'>,
): Buffer {
  const check = seal(row.key, random.bytes(nonceBytes), checkText, contextOf(row));
  sql
    .prepare('INSERT OR REPLACE INTO secret_key (id, kdf, salt, check_nonce, check_ciphertext) VALUES (1, ?, ?, ?, ?)')
    .run(row.kdf, row.salt, check.nonce, check.ciphertext);
  return check.nonce;
}

/** Whether `key` is the one that the row was written with. */
export function fits(key: Buffer, row: KeyRow): boolean {
  const sealed = { nonce: row.check_nonce, ciphertext: row.check_ciphertext };
  return unseal(key, sealed, contextOf(row))?.equals(checkText) ?? false;
}

/** Whether anything is encrypted already. */
export function hasSecrets(sql: Sqlite): boolean {
  return sql.prepare('SELECT 1 FROM secrets LIMIT 1').get() !== undefined;
}

const contextOf = (row: { kdf: string; salt: Buffer | null }) =>
  Buffer.concat([checkContext, Buffer.from(`\0${row.kdf}\0`), row.salt ?? Buffer.alloc(0)]);
