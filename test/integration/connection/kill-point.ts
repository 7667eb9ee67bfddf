import type { UpworkOAuth } from '../../../src/services/upwork/model.ts';
import type { ProcessOptions } from './rig.ts';

/** A process that is killed at one of its steps: nothing it does after that has any effect. */
export interface KillPoint {
  readonly options: ProcessOptions;
  /** Steps taken: writes to the secret store, transactions, requests to the token endpoint; each counted before and after its effect. */
  steps(): number;
  isKilled(): boolean;
  /** Counts from here on, and kills at this step, counted from 1. */
  arm(killAt: number): void;
}

class Killed extends Error {
  override readonly name = 'Killed';
}

/** @param oauth what the process would use */
export function createKillPoint(oauth: UpworkOAuth): KillPoint {
  let steps = 0;
  let killAt = Number.POSITIVE_INFINITY;
  let killed = false;
  const pass = () => {
    steps += 1;
    if (steps >= killAt) killed = true;
    return !killed;
  };
  const never = <Result>() => new Promise<Result>(() => {});
  const step = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (!pass()) return never();
    const result = await work();
    return pass() ? result : never();
  };
  const unlessKilled = <Result>(work: () => Promise<Result>): Promise<Result> => (killed ? never() : work());
  return {
    steps: () => steps,
    isKilled: () => killed,
    arm: (at) => {
      steps = 0;
      killAt = at;
    },
    options: {
      secrets: (store) => ({
        ...store,
        read: (path) => unlessKilled(() => store.read(path)),
        write: (...call) => step(() => store.write(...call)),
        remove: (path) => step(() => store.remove(path)),
      }),
      database: (db) => ({
        ...db,
        transaction: (work) => {
          if (db.sql.inTransaction) return db.transaction(work);
          if (!pass()) throw new Killed();
          const result = db.transaction(work);
          if (!pass()) throw new Killed();
          return result;
        },
      }),
      deps: {
        oauth: {
          authorizationRequest: oauth.authorizationRequest,
          exchange: (input) => step(() => oauth.exchange(input)),
          refresh: (...call) => step(() => oauth.refresh(...call)),
          revoke: (...call) => unlessKilled(() => oauth.revoke(...call)),
        },
      },
    },
  };
}
