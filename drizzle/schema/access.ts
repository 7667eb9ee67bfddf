import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/* Who may ask. Units and names: README.md of this folder. */

/** API tokens of Prospector's own: hashes only. */
export const apiTokens = sqliteTable('api_tokens', {
  id: text().primaryKey().notNull(),
  name: text().notNull(),
  prefix: text().notNull(),
  hash: text().notNull().unique(),
  scopes: text().notNull(),
  createdAt: integer('created_at').notNull(),
  lastUsedAt: integer('last_used_at'),
  expiresAt: integer('expires_at'),
  revokedAt: integer('revoked_at'),
});

/** Browser sessions: the hash of the cookie and the token it stands for. */
export const sessions = sqliteTable('sessions', {
  hash: text().primaryKey().notNull(),
  tokenId: text('token_id').notNull(),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
});

/** One-time login links, hashed. */
export const loginLinks = sqliteTable('login_links', {
  hash: text().primaryKey().notNull(),
  tokenId: text('token_id').notNull(),
  expiresAt: integer('expires_at').notNull(),
});
