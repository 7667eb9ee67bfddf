import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { aPosting } from '../../../support/posting.ts';
import { retentionMs, scrubbed, setUp } from './set-up.ts';

/** Words of few letters, each another one, so that the full-text index has a great many terms to keep apart. */
function wordsOf(number: number): string[] {
  return Array.from({ length: 25 }, (_, place) => {
    let state = (number * 25 + place) * 2_654_435_761;
    return Array.from({ length: 14 }, () => {
      state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) >>> 0;
      return 'qxzjvkw'[state % 7];
    }).join('');
  });
}

/** How many pieces, eight letters long, of the words of purged postings stand in the database or its write-ahead log. */
function piecesInFiles(path: string): number {
  const content = [path, `${path}-wal`]
    .filter(existsSync)
    .map((file) => readFileSync(file).toString('latin1'))
    .join('\n');
  return content.match(/[qxzjvkw]{8,}/g)?.length ?? 0;
}

it('10.4 after a purge of 2,000 postings no piece of their text is in the database or its write-ahead log', async () => {
  using app = setUp();
  for (let from = 0; from < 2_000; from += 200)
    app.add(
      Array.from({ length: 200 }, (_, index) => {
        const words = wordsOf(from + index);
        return aPosting(from + index, {
          title: words.slice(0, 5).join(' '),
          description: words.join(' '),
          skills: words.slice(5, 8),
          questions: [{ position: 0, text: words[9] ?? '', required: true }],
        });
      }),
    );
  expect(piecesInFiles(app.db.path)).toBeGreaterThan(10_000);
  await app.clock.advance(retentionMs / 2);
  app.add([aPosting(9_999)]);
  await app.clock.advance(retentionMs / 2);
  expect(app.jobs.purgeExpired()).toBe(2_000);
  expect(scrubbed(app)).toBe('done');
  expect(piecesInFiles(app.db.path)).toBe(0);
  expect(app.jobs.count({ query: 'dashboard' }).count).toBe(1);
});

it('10.4 a purge of everything leaves no piece of a text either', async () => {
  using app = setUp();
  app.add(Array.from({ length: 600 }, (_, number) => aPosting(number, { description: wordsOf(number).join(' ') })));
  app.jobs.purgeAll();
  expect(scrubbed(app)).toBe('done');
  expect(piecesInFiles(app.db.path)).toBe(0);
});

it('10.4 the index is gone over in small steps, again after each purge, and goes on finding what is kept', async () => {
  using app = setUp();
  const add = (from: number, count: number) =>
    app.add(
      Array.from({ length: count }, (_, index) =>
        aPosting(from + index, {
          title: `Kept zebra ${from + index}`,
          description: `${'many words '.repeat(40)}${from}`,
        }),
      ),
    );
  const secret = (from: number, count = 50) =>
    app.add(
      Array.from({ length: count }, (_, index) =>
        aPosting(from + index, { description: wordsOf(from + index).join(' ') }),
      ),
    );
  secret(0);
  await app.clock.advance(retentionMs / 2);
  for (let from = 1_000; from < 3_000; from += 200) secret(from, 200);
  await app.clock.advance(retentionMs / 2);
  for (let from = 5_000; from < 7_000; from += 200) add(from, 200);
  expect(app.jobs.purgeExpired()).toBe(50);
  let steps = 1;
  while (app.retention.scrub() === 'unfinished') steps += 1;
  expect(steps).toBeGreaterThan(3);
  await app.clock.advance(retentionMs / 2);
  expect(app.jobs.purgeExpired(), 'with nothing stored in between').toBe(2_000);
  expect(scrubbed(app)).toBe('done');
  expect(piecesInFiles(app.db.path)).toBe(0);
  expect(app.jobs.count({ query: 'zebra' }).count).toBe(2_000);
  app.db.sql.exec("INSERT INTO jobs_fts (jobs_fts, rank) VALUES ('integrity-check', 1)");
});
