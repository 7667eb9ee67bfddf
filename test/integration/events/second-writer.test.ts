import { expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { systemRandom } from '../../../src/random.ts';
import { openDatabase } from '../../../src/services/database/open.ts';
import { createEventLog } from '../../../src/services/events/log.ts';
import { createTestClock } from '../../support/clock.ts';
import { createTestDatabase } from '../../support/database.ts';

it('10.11 a follower hears within a second of what another server on the same database has written', async () => {
  const clock = createTestClock();
  using db = createTestDatabase(clock);
  const here = createEventLog({ db, clock, random: systemRandom });
  const other = openDatabase({ path: db.path, clock: systemClock, random: systemRandom });
  const there = createEventLog({ db: other, clock: systemClock, random: systemRandom });
  const stop = here.watch();
  const events = here.follow({});
  const next = events.next();
  other.transaction((): undefined => {
    there.append({ type: 'JOB_UPDATED', subjectId: 'job_1', changed: ['title'] });
  });
  await clock.advance(1_000);
  expect((await next).value).toMatchObject({ type: 'JOB_UPDATED', subjectId: 'job_1', replayed: false });
  stop();
  await events.return?.();
  other.close();
  expect(clock.pending()).toBe(0);
});
