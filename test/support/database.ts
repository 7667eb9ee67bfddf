import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../src/clock.ts';
import { systemRandom } from '../../src/random.ts';
import type { Database } from '../../src/services/database/model.ts';
import { openDatabase } from '../../src/services/database/open.ts';

/** A real database file in a folder of its own; both go away with `await using` / `using`. */
export function createTestDatabase(
  clock: Pick<Clock, 'now'> = systemClock,
): Database & { readonly path: string; [Symbol.dispose](): void } {
  const folder = mkdtempSync(join(tmpdir(), 'prospector-'));
  const path = join(folder, 'prospector.db');
  const db = openDatabase({ path, clock, random: systemRandom });
  return {
    ...db,
    path,
    [Symbol.dispose]: () => {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
