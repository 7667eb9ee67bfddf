import { z } from 'zod';
import type { SecretStore } from '../secrets/model.ts';
import type { Credentials } from '../upwork/model.ts';
import { createSecretCell } from './secret-cell.ts';
import type { TokenShelf } from './stored-tokens.ts';

/** The credentials that the next flow uses: `upwork/credentials`. Tokens carry those they were issued for. All throw SecretStoreError. */
export interface StoredCredentials {
  read(): Promise<Credentials | undefined>;
  /** Writes only what differs. */
  write(credentials: Credentials): Promise<void>;
  /** Whether some were there when last looked at. */
  areKnown(): boolean;
}

/** @param failed called when the store does not do what it should */
export function createStoredCredentials(secrets: SecretStore, failed: () => void): StoredCredentials {
  const shape = z.object({ clientId: z.string(), clientSecret: z.string() });
  const cell = createSecretCell(secrets, 'upwork/credentials', shape, failed);
  let known = false;
  const read = async () => {
    const found = (await cell.read())?.value;
    known = found !== undefined;
    return found;
  };
  return {
    read,
    write: async (credentials) => {
      const { clientId, clientSecret } = credentials;
      const found = await read();
      if (found?.clientId !== clientId || found.clientSecret !== clientSecret)
        await cell.replace({ clientId, clientSecret });
      known = true;
    },
    areKnown: () => known,
  };
}

/**
 * Stores the credentials of the environment. Tokens issued for the same Client ID go on with the new secret; those of another key stay as they are until
 * somebody connects with it. @returns whether the tokens' own secret was replaced @throws SecretStoreError
 */
export async function importCredentials(
  stored: StoredCredentials,
  shelf: TokenShelf,
  credentials: Credentials,
): Promise<boolean> {
  await stored.write(credentials);
  const tokens = await shelf.read();
  const isSecretNew =
    tokens?.record.credentials.clientId === credentials.clientId &&
    tokens.record.credentials.clientSecret !== credentials.clientSecret;
  if (isSecretNew) await shelf.write({ ...tokens.record, credentials: { ...credentials } }, tokens.version);
  return isSecretNew;
}
