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

/** The one class the secret stores throw. The message says what to do; the cause is a rebuilt error, never a library's (T4). */
export class SecretStoreError extends Error {
  override readonly name = 'SecretStoreError';
  readonly code: SecretStoreErrorCode;
  constructor(code: SecretStoreErrorCode, message: string, cause?: Error) {
    super(message, { cause });
    this.code = code;
  }
}
