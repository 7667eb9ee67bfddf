import { type SecretStore, SecretStoreError } from '../../secrets/model.ts';
import { createSecretCell } from './secret-cell.ts';
import { type TokenRecord, tokenRecordShape } from './token-record.ts';

/** A record, and the version that check-and-set needs. */
export interface StoredTokens {
  readonly record: TokenRecord;
  readonly version: number;
}

/** The tokens in the secret store: `upwork/tokens`. All throw SecretStoreError. */
export interface TokenShelf {
  /** Undefined: the store answers and holds none. */
  read(): Promise<StoredTokens | undefined>;
  /** `conflict` when somebody else has written meanwhile. */
  write(record: TokenRecord, expectedVersion: number): Promise<StoredTokens>;
  /** Writes over whatever is there. */
  replace(record: TokenRecord): Promise<StoredTokens>;
  remove(): Promise<void>;
}

const path = 'upwork/tokens';

/** @param failed called when the store does not do what it should */
export function createTokenShelf(secrets: SecretStore, failed: () => void): TokenShelf {
  const cell = createSecretCell(secrets, path, tokenRecordShape, failed);
  return {
    read: async () => {
      const found = await cell.read();
      if (found === undefined) return undefined;
      if (found.value) return { record: found.value, version: found.version };
      throw new SecretStoreError(
        'corrupt',
        `The secret "${path}" is not as Prospector wrote it. Put its earlier version back, or remove it and connect again.`,
      );
    },
    write: async (record, expectedVersion) => ({ record, version: await cell.write(record, expectedVersion) }),
    replace: async (record) => ({ record, version: await cell.replace(record) }),
    remove: cell.remove,
  };
}
