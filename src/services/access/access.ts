import { createHash, timingSafeEqual } from 'node:crypto';
import { ulid } from 'ulid';
import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import type { Database } from '../database/model.ts';
import { type AccessService, type ApiScope, type ApiToken, ownerTokenId as ownerId, type Viewer } from './model.ts';

const loginLinkMs = 60 * 60 * 1_000;
const sessionMs = 30 * 24 * 60 * 60 * 1_000;
/** A token's last use is written at most this often: reading must not become writing. */
const lastUsedStepMs = 60_000;

interface TokenRow {
  id: string;
  name: string;
  prefix: string;
  hash: string;
  scopes: string;
  created_at: number;
  last_used_at: number | null;
  expires_at: number | null;
  revoked_at: number | null;
}

/** What access control needs. `ownerToken` is the owner's secret of this run: its hash replaces an earlier one. */
export interface AccessDeps {
  readonly db: Database;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Random;
  readonly ownerToken: string;
}

/** API tokens, browser sessions and login links. Secrets are kept as SHA-256 alone (256-bit random, so no salt or stretching is needed). */
export function createAccess({ db, clock, random, ownerToken }: AccessDeps): AccessService {
  const nowMs = () => clock.now().getTime();
  const { sql } = db;
  const byHash = sql.prepare('SELECT * FROM api_tokens WHERE hash = ?');
  const byId = sql.prepare('SELECT * FROM api_tokens WHERE id = ?');
  const all = sql.prepare('SELECT * FROM api_tokens ORDER BY created_at, id');
  const insert = sql.prepare(
    'INSERT INTO api_tokens (id, name, prefix, hash, scopes, created_at, expires_at) VALUES (@id, @name, @prefix, @hash, @scopes, @createdAt, @expiresAt)',
  );
  const touch = sql.prepare('UPDATE api_tokens SET last_used_at = ? WHERE id = ?');
  const revoke = sql.prepare('UPDATE api_tokens SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?');
  const dropSessions = sql.prepare('DELETE FROM sessions WHERE token_id = ?');
  const sessionRow = sql.prepare('SELECT token_id FROM sessions WHERE hash = ? AND expires_at > ?').pluck();
  const insertSession = sql.prepare(
    'INSERT INTO sessions (hash, token_id, created_at, expires_at) VALUES (?, ?, ?, ?)',
  );
  const deleteSession = sql.prepare('DELETE FROM sessions WHERE hash = ?');
  const insertLink = sql.prepare('INSERT INTO login_links (hash, token_id, expires_at) VALUES (?, ?, ?)');
  const takeLink = sql.prepare('DELETE FROM login_links WHERE hash = ? AND expires_at > ? RETURNING token_id').pluck();

  const isLive = (row: TokenRow | undefined): row is TokenRow =>
    row !== undefined && row.revoked_at === null && (row.expires_at === null || row.expires_at > nowMs());

  const viewerOf = (row: TokenRow | undefined, browser: boolean): Viewer | undefined => {
    if (!isLive(row)) return undefined;
    if (row.last_used_at === null || nowMs() - row.last_used_at > lastUsedStepMs) touch.run(nowMs(), row.id);
    const apiToken = toToken(row);
    return {
      actor: { kind: browser ? 'DASHBOARD' : 'API_TOKEN', name: row.name },
      scopes: apiToken.scopes,
      apiToken,
      browser,
    };
  };

  const rowOfToken = (secret: string): TokenRow | undefined => {
    const hash = hashOf(secret);
    const row = byHash.get(hash) as TokenRow | undefined;
    return row && timingSafeEqual(Buffer.from(row.hash, 'hex'), Buffer.from(hash, 'hex')) ? row : undefined;
  };

  db.transaction((): undefined => {
    const existing = byId.get(ownerId) as TokenRow | undefined;
    const hash = hashOf(ownerToken);
    // An earlier Prospector let it be revoked, and nobody could get in any more.
    if (existing?.hash === hash)
      return void sql.prepare('UPDATE api_tokens SET revoked_at = NULL WHERE id = ?').run(ownerId);
    sql.prepare('DELETE FROM api_tokens WHERE id = ? OR hash = ?').run(ownerId, hash);
    dropSessions.run(ownerId);
    insert.run({
      id: ownerId,
      name: 'owner',
      prefix: prefixOf(ownerToken),
      hash,
      scopes: '["ADMIN"]',
      createdAt: nowMs(),
      expiresAt: null,
    });
  });

  return {
    byToken: (secret) => viewerOf(rowOfToken(secret), false),
    bySession: (cookie) => {
      const tokenId = sessionRow.get(hashOf(cookie), nowMs()) as string | undefined;
      return tokenId === undefined ? undefined : viewerOf(byId.get(tokenId) as TokenRow | undefined, true);
    },
    isStillValid: (viewer) => isLive(byId.get(viewer.apiToken.id) as TokenRow | undefined),
    createLoginLink: (viewer) => {
      const code = `prl_${random.bytes(32).toString('base64url')}`;
      const expiresAt = new Date(nowMs() + loginLinkMs);
      insertLink.run(hashOf(code), viewer.apiToken.id, expiresAt.getTime());
      return { code, expiresAt };
    },
    openSession: (secret) =>
      db.transaction(() => {
        const linked = takeLink.get(hashOf(secret), nowMs()) as string | undefined;
        const row = linked === undefined ? rowOfToken(secret) : (byId.get(linked) as TokenRow | undefined);
        if (!isLive(row)) return undefined;
        const cookie = random.bytes(32).toString('base64url');
        const expiresAt = new Date(nowMs() + sessionMs);
        sql.prepare('DELETE FROM sessions WHERE expires_at <= ?').run(nowMs());
        insertSession.run(hashOf(cookie), row.id, nowMs(), expiresAt.getTime());
        return { cookie, expiresAt };
      }),
    closeSession: (cookie) => void deleteSession.run(hashOf(cookie)),
    tokens: (includeRevoked) => (all.all() as TokenRow[]).filter((row) => includeRevoked || isLive(row)).map(toToken),
    createToken: ({ name, scopes, expiresInMs }) => {
      const secret = newToken(random);
      const id = `tok_${ulid(nowMs(), () => random.fraction())}`;
      const createdAt = nowMs();
      insert.run({
        id,
        name,
        prefix: prefixOf(secret),
        hash: hashOf(secret),
        scopes: JSON.stringify(scopes),
        createdAt,
        expiresAt: expiresInMs === undefined ? null : createdAt + expiresInMs,
      });
      return { apiToken: toToken(byId.get(id) as TokenRow), secret };
    },
    revokeToken: (id) =>
      db.transaction(() => {
        revoke.run(nowMs(), id);
        dropSessions.run(id);
        const row = byId.get(id) as TokenRow | undefined;
        return row && toToken(row);
      }),
  };
}

/** A new API token's secret: `prs_` and 256 random bits. */
export function newToken(random: Pick<Random, 'bytes'>): string {
  return `prs_${random.bytes(32).toString('base64url')}`;
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function prefixOf(secret: string): string {
  return secret.slice(0, 8);
}

function toToken(row: TokenRow): ApiToken {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: JSON.parse(row.scopes) as ApiScope[],
    createdAt: new Date(row.created_at),
    ...(row.last_used_at !== null && { lastUsedAt: new Date(row.last_used_at) }),
    ...(row.expires_at !== null && { expiresAt: new Date(row.expires_at) }),
    ...(row.revoked_at !== null && { revokedAt: new Date(row.revoked_at) }),
  };
}
