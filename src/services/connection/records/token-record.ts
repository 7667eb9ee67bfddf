import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Credentials, TokenGrant } from '../../upwork/model.ts';

/** Written before a refresh token is spent, and left when the answer never came: it may be spent. */
const pending = z.object({
  attemptId: z.string(),
  fingerprint: z.string(),
  startedAt: z.number(),
  /** Of the lease it was written under. */
  epoch: z.number(),
});

/** Fields of a newer Prospector are kept. */
export const tokenRecordShape = z.looseObject({
  flowId: z.string(),
  /** Grows by one with every refresh token that replaces another; never goes back, not even over a disconnect. */
  generation: z.number().int(),
  credentials: z.object({ clientId: z.string(), clientSecret: z.string() }),
  accessToken: z.string(),
  refreshToken: z.string(),
  /** Kept until the access token that came with its successor has worked once. */
  previousRefreshToken: z.string().optional(),
  /** When the grant was asked for, by our clock. */
  obtainedAt: z.number(),
  lifeMs: z.number(),
  /** Upwork's clock when it answered. */
  serverDate: z.number().optional(),
  pending: pending.optional(),
});

/** What the secret store keeps of a connection, under one version. Instants in ms. */
export type TokenRecord = z.infer<typeof tokenRecordShape>;
/** The mark of an attempt to refresh. */
export type Pending = z.infer<typeof pending>;

/** The record of a completed flow. */
export function firstRecord(from: {
  flowId: string;
  generation: number;
  credentials: Credentials;
  grant: TokenGrant & { refreshToken: string };
  obtainedAt: number;
}): TokenRecord {
  const { flowId, generation, credentials, grant, obtainedAt } = from;
  return {
    flowId,
    generation,
    credentials: { ...credentials },
    accessToken: grant.accessToken,
    refreshToken: grant.refreshToken,
    obtainedAt,
    lifeMs: grant.expiresInMs,
    ...(grant.serverDate && { serverDate: grant.serverDate.getTime() }),
  };
}

/** The record after a refresh. Where Upwork gave no new refresh token the old one goes on (F19). */
export function renewedRecord(old: TokenRecord, grant: TokenGrant, obtainedAt: number): TokenRecord {
  const { pending: _spent, previousRefreshToken: _older, serverDate: _then, ...kept } = old;
  const rotated = grant.refreshToken !== undefined && grant.refreshToken !== old.refreshToken;
  return {
    ...kept,
    accessToken: grant.accessToken,
    refreshToken: grant.refreshToken ?? old.refreshToken,
    generation: old.generation + (rotated ? 1 : 0),
    obtainedAt,
    lifeMs: grant.expiresInMs,
    ...(rotated && { previousRefreshToken: old.refreshToken }),
    ...(grant.serverDate && { serverDate: grant.serverDate.getTime() }),
  };
}

/** The record with another `pending`, or none. */
export function withPending(record: TokenRecord, mark: Pending | undefined): TokenRecord {
  const { pending: _old, ...rest } = record;
  return mark ? { ...rest, pending: mark } : rest;
}

/**
 * What is left of the access token's life, in ms, by the wall clock: for a token that another process, or an earlier run, has obtained. Never more
 * than its whole life. Where our clock has gone back since, Upwork's own date tells (F21).
 */
export function lifeLeftMs(record: TokenRecord, now: number): number {
  const { obtainedAt, lifeMs, serverDate } = record;
  if (now >= obtainedAt) return Math.max(0, obtainedAt + lifeMs - now);
  return serverDate === undefined ? 0 : Math.min(lifeMs, Math.max(0, serverDate + lifeMs - now));
}

/** Tells refresh tokens apart without showing them. */
export function fingerprintOf(refreshToken: string): string {
  return createHash('sha256').update(refreshToken).digest('hex').slice(0, 16);
}
