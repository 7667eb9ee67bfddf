import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { nearestOf } from '../../../../src/services/categories/nearest.ts';
import { DomainError, type UserFailure } from '../../../../src/services/failures/model.ts';
import { checkCriteria } from '../../../../src/services/jobs/criteria/check-criteria.ts';
import type { PreferencesService } from '../../../../src/services/preferences/model.ts';
import { createPreferences, type PreferencesDeps } from '../../../../src/services/preferences/preferences.ts';
import { countryCode, countryNames } from '../../../../src/services/upwork/reading/country-code.ts';
import { createTestClock } from '../../../support/clock.ts';
import { createTestDatabase } from '../../../support/database.ts';

export const labels = ['Web, Mobile & Software Dev', 'Web Development', 'Mobile Development', 'Sales & Marketing'];

/** Preferences over a real file and database in folders of their own. `yaml` undefined: no file. */
export function openPreferences(yaml?: string, more: Partial<PreferencesDeps> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'prospector-preferences-'));
  const file = join(folder, 'prospector.yaml');
  const clock = createTestClock();
  const db = createTestDatabase(clock);
  const logged: string[] = [];
  if (yaml !== undefined) writeFileSync(file, yaml);
  const open = (again: Partial<PreferencesDeps> = {}) =>
    createPreferences({
      db,
      clock,
      log: pino({ level: 'debug' }, { write: (line) => void logged.push(line) }),
      file,
      isSandbox: false,
      labels: () => labels,
      nearest: nearestOf,
      countryCode,
      countryNames,
      checkCriteria: (criteria) => checkCriteria(criteria, nearestOf),
      ...more,
      ...again,
    });
  return {
    folder,
    file,
    clock,
    db,
    logged,
    preferences: open(),
    /** As after a restart. */
    open,
    read: () => readFileSync(file, 'utf8'),
    write: (text: string) => writeFileSync(file, text),
    [Symbol.dispose]: () => {
      db[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `platforms.upwork` with these lines in it. */
export function section(...lines: string[]): string {
  return `platforms:\n  upwork:\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

/** What an update is refused with. */
export function refusal(work: () => unknown): readonly UserFailure[] {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error.failures;
    throw error;
  }
  throw new Error('It was accepted.');
}

/** What is in force, without version and time. */
export function content(preferences: PreferencesService) {
  const { id: _id, version: _version, updatedAt: _updatedAt, ...rest } = preferences.current();
  return rest;
}
