/** One JSON object in the store, with the version that check-and-set needs. */
export interface StoredSecret {
  readonly data: Record<string, unknown>;
  readonly version: number;
}

/** Where secrets live: Vault or the embedded encrypted store. */
export interface SecretStore {
  readonly kind: 'embedded' | 'vault';
  /** Undefined: the store answered and holds nothing there. @throws SecretStoreError */
  read(path: string): Promise<StoredSecret | undefined>;
  /** Check-and-set: `expectedVersion` 0 = must not exist. Returns the new version. @throws SecretStoreError `conflict` when another version is there */
  write(path: string, data: Record<string, unknown>, expectedVersion: number): Promise<number>;
  /** Absent is fine. @throws SecretStoreError */
  remove(path: string): Promise<void>;
  /** One cheap look; never throws. */
  check(): Promise<SecretStoreHealth>;
  /** Calls the listener on each change of health until the returned function is called. */
  onHealthChange(listener: (health: SecretStoreHealth) => void): () => void;
  close(): Promise<void>;
}

/** A store that can also name what it holds: moving secrets needs it. */
export interface ListingSecretStore extends SecretStore {
  /** Where exactly, for people and to tell one store from another: `Vault at vault.example.com, secret/ghoststack/prospector`. */
  readonly place: string;
  /** Paths of all secrets, sorted. @throws SecretStoreError */
  list(): Promise<readonly string[]>;
}

export type SecretStoreHealth =
  | { readonly available: true }
  | {
      readonly available: false;
      readonly code: SecretStoreErrorCode;
      readonly message: string;
      readonly nextAction: string;
    };

export const secretStoreErrorCodes = [
  'conflict',
  'sealed',
  'unreachable',
  'uninitialized',
  'standby',
  'auth_failed',
  'permission_denied',
  'wrong_mount',
  'kv_v1',
  'deleted',
  'key_missing',
  'key_mismatch',
  'key_permissions',
  'corrupt',
  'rate_limited',
  'unexpected_response',
  'redirected',
  'tls',
  'write_failed',
  'wrong_store',
] as const;
export type SecretStoreErrorCode = (typeof secretStoreErrorCodes)[number];

/**
 * The one class the secret stores throw. The message says what is wrong in its first sentence and what to do in the rest; the cause is a rebuilt
 * error, never a library's (T4).
 */
export class SecretStoreError extends Error {
  override readonly name = 'SecretStoreError';
  readonly code: SecretStoreErrorCode;
  /** How long the store asked to be left alone (`rate_limited`). */
  declare readonly retryAfterMs?: number;
  constructor(code: SecretStoreErrorCode, message: string, more: { cause?: Error; retryAfterMs?: number } = {}) {
    super(message, more.cause && { cause: more.cause });
    this.code = code;
    if (more.retryAfterMs !== undefined) this.retryAfterMs = more.retryAfterMs;
  }
}
