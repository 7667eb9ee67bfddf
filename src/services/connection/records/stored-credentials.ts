import { z } from 'zod';
import type { SecretStore } from '../../secrets/model.ts';
import type { Credentials } from '../../upwork/model.ts';
import { createSecretCell } from './secret-cell.ts';
import type { TokenShelf } from './stored-tokens.ts';

/** The credentials that the next flow uses: `upwork/credentials`. Tokens carry those they were issued for. All throw SecretStoreError. */
export interface StoredCredentials {
  read(): Promise<Credentials | undefined>;
  /** Writes only what differs; says whether it did. */
  write(credentials: Credentials): Promise<boolean>;
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
      const isNew = found?.clientId !== clientId || found.clientSecret !== clientSecret;
      if (isNew) await cell.replace({ clientId, clientSecret });
      known = true;
      return isNew;
    },
    areKnown: () => known,
  };
}

/**
 * Stores the credentials of the environment. Tokens issued for the same Client ID go on with the new secret; those of another key stay as they are until
 * somebody connects with it. @returns whether there is reason to try again what Upwork refused with the credentials of before @throws SecretStoreError
 */
export async function importCredentials(
  stored: StoredCredentials,
  shelf: TokenShelf,
  credentials: Credentials,
): Promise<boolean> {
  const areNew = await stored.write(credentials);
  const tokens = await shelf.read();
  if (!tokens) return areNew;
  const { clientId, clientSecret } = tokens.record.credentials;
  if (clientId !== credentials.clientId || clientSecret === credentials.clientSecret) return false;
  await shelf.write({ ...tokens.record, credentials: { ...credentials } }, tokens.version);
  return true;
}
