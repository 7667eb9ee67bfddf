import type { Database as Sqlite } from 'better-sqlite3';
import { type SecretStore, SecretStoreError } from './model.ts';

type Kind = SecretStore['kind'];
const key = 'secret_store';

/** Which store this database's secrets are in; undefined before the first start. */
export function storeInUse(db: Sqlite): Kind | undefined {
  const value = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck().get(key);
  return value === 'embedded' || value === 'vault' ? value : undefined;
}

/** Says so from now on, in one write. */
export function setStoreInUse(db: Sqlite, kind: Kind): void {
  db.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run(key, kind);
}

/**
 * Notes at the first start which store is used, and refuses another one later: its emptiness would look like lost secrets and end a connection
 * that is well. A store that the database knows nothing in may be left at any time.
 *
 * @throws SecretStoreError `wrong_store`, naming the command that moves the secrets
 */
export function claimStore(db: Sqlite, kind: Kind): void {
  const used = storeInUse(db);
  if (used === kind) return;
  if (used !== undefined && holdsSecrets(db, used)) throw wrongStore(used);
  setStoreInUse(db, kind);
}

/** What to say where another store is asked for than the one in use. */
export function wrongStore(used: Kind): SecretStoreError {
  return new SecretStoreError(
    'wrong_store',
    used === 'vault'
      ? 'The secrets of this database are in Vault, and this server uses the embedded store. Set VAULT_ADDR and start it again, or move them here with VAULT_ADDR set: ghoststack prospector secrets migrate --to embedded.'
      : 'The secrets of this database are in the embedded store, and this server uses Vault. Unset VAULT_ADDR and start it again, or move them: ghoststack prospector secrets migrate --to vault.',
  );
}

/** Vault cannot be asked here (it may be away, it may be the one not configured): what was connected before has its secrets there. */
function holdsSecrets(db: Sqlite, used: Kind): boolean {
  const query =
    used === 'embedded'
      ? 'SELECT 1 FROM secrets LIMIT 1'
      : "SELECT 1 FROM connections WHERE status <> 'DISCONNECTED' LIMIT 1";
  return db.prepare(query).get() !== undefined;
}
