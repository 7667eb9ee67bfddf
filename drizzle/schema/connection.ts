import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/* The connection to the platform and the attempts to make one. Units and names: README.md of this folder. */

/** The connection to the platform: who and since when, never a token. The status shown is worked out from these facts. */
export const connections = sqliteTable('connections', {
  platform: text().primaryKey().notNull(),
  /** How the authorization itself stands; `DISCONNECTED`: nothing was ever held, or it was given up. */
  status: text().notNull(),
  /** The status last announced in an event, so that a change is announced once, and since when it is shown. */
  announcedStatus: text('announced_status').notNull(),
  statusChangedAt: integer('status_changed_at').notNull(),
  /** Since when tokens are held; null: none are. */
  connectedAt: integer('connected_at'),
  restrictedAt: integer('restricted_at'),
  /** Since when the platform answers in ways that fit nothing. */
  failingSince: integer('failing_since'),
  account: text(),
  /** External id of the account this database belongs to; survives a disconnect. */
  ownerAccountId: text('owner_account_id'),
  tenantId: text('tenant_id'),
  /** What probing found the key to hold. */
  scopes: text().notNull(),
  tokenExpiresAt: integer('token_expires_at'),
  tokenRefreshedAt: integer('token_refreshed_at'),
  /** The last good answer, to the minute. */
  tokenUsedAt: integer('token_used_at'),
  connectsBalance: integer('connects_balance'),
  expiredReason: text('expired_reason'),
  expiredAt: integer('expired_at'),
  incident: text(),
  /** How long the token endpoint is left alone after failures; shared by all processes. */
  refreshBackOff: text('refresh_back_off'),
  /** Number of the newest refresh token ever held: tells a restored backup. */
  tokenGeneration: integer('token_generation').notNull(),
});

/** Attempts to authorize. State and browser are hashed; state, verifier and credentials of the open one are in the secret store. */
export const connectionFlows = sqliteTable(
  'connection_flows',
  {
    id: text().primaryKey().notNull(),
    platform: text().notNull(),
    status: text().notNull(),
    stateHash: text('state_hash').notNull().unique(),
    browserHash: text('browser_hash'),
    redirectUri: text('redirect_uri').notNull(),
    returnTo: text('return_to'),
    allowAccountChange: integer('allow_account_change', { mode: 'boolean' }).notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    completedAt: integer('completed_at'),
    failure: text(),
  },
  (table) => [index('connection_flows_created').on(table.createdAt)],
);
