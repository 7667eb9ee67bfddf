import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/* The embedded secret store. Units and names: README.md of this folder. */

/** Embedded secret store: ciphertext only (AES-256-GCM, associated data = path + version). */
export const secrets = sqliteTable('secrets', {
  path: text().primaryKey().notNull(),
  version: integer().notNull(),
  nonce: blob({ mode: 'buffer' }).notNull(),
  ciphertext: blob({ mode: 'buffer' }).notNull(),
});

/** How the embedded store's key is had, and a known text under it that tells a wrong key. One row. */
export const secretKey = sqliteTable('secret_key', {
  id: integer().primaryKey().notNull(),
  kdf: text({ enum: ['file', 'scrypt'] }).notNull(),
  salt: blob({ mode: 'buffer' }),
  checkNonce: blob('check_nonce', { mode: 'buffer' }).notNull(),
  checkCiphertext: blob('check_ciphertext', { mode: 'buffer' }).notNull(),
});
