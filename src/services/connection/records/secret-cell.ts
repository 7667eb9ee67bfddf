import type { z } from 'zod';
import { type SecretStore, SecretStoreError } from '../../secrets/model.ts';

/** One place in the secret store that holds one kind of thing. All throw SecretStoreError. */
export interface SecretCell<Value> {
  /** Undefined: the store answers and holds nothing here. `value` is undefined when what is there is none of ours. */
  read(): Promise<{ readonly value: Value | undefined; readonly version: number } | undefined>;
  /** Returns the new version. `conflict` when somebody else has written meanwhile. */
  write(value: Value, expectedVersion: number): Promise<number>;
  /** Writes over whatever is there. Returns the new version. */
  replace(value: Value): Promise<number>;
  remove(): Promise<void>;
}

/** @param failed called with whatever the store throws but conflicts */
export function createSecretCell<Value extends Record<string, unknown>>(
  secrets: SecretStore,
  path: string,
  shape: z.ZodType<Value>,
  failed: () => void,
): SecretCell<Value> {
  const watch = async <Result>(call: Promise<Result>): Promise<Result> => {
    try {
      return await call;
    } catch (error) {
      if (error instanceof SecretStoreError && error.code !== 'conflict') failed();
      throw error;
    }
  };
  const cell: SecretCell<Value> = {
    read: async () => {
      const found = await watch(secrets.read(path).catch(absentWhenDeleted));
      return found && { value: shape.safeParse(found.data).data, version: found.version };
    },
    write: (value, expectedVersion) => watch(secrets.write(path, value, expectedVersion)),
    replace: async (value) => {
      for (let attempt = 1; ; attempt++) {
        const found = await cell.read();
        try {
          return await cell.write(value, found?.version ?? 0);
        } catch (error) {
          if (!(error instanceof SecretStoreError) || error.code !== 'conflict' || attempt === 3) throw error;
          // What was deleted softly still counts its versions; nobody needs it any more.
          if (!found) await cell.remove();
        }
      }
    },
    remove: () => watch(secrets.remove(path)),
  };
  return cell;
}

/** A deleted secret is an absent one: whoever undeletes it finds the connection well again (F42). */
function absentWhenDeleted(error: unknown): undefined {
  if (error instanceof SecretStoreError && error.code === 'deleted') return undefined;
  throw error;
}
