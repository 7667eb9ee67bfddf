import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Job } from '../../../../src/services/jobs/model.ts';
import { excerpt, highlights } from '../../../../src/services/jobs/text/highlight.ts';
import { aPosting } from '../../../support/posting.ts';
import { setUp } from './set-up.ts';

const filler = 'lorem ipsum dolor sit amet '.repeat(20);

function aJob(more: Partial<Job>): Job {
  using app = setUp();
  const [job] = app.add([aPosting(1)]);
  return { ...(job as Job), title: '', description: '', skills: [], ...more };
}

it('marks what was searched for in title, skills and the parts of the description around it', () => {
  const job = aJob({
    title: 'A Réact & "Vue" app <b>',
    skills: ['React', 'Node.js'],
    description: `${filler}needs React Native here ${filler}and node js there ${filler}`,
  });
  expect(highlights(job, 'react OR "node.js" -absent')).toEqual([
    'A <mark>Réact</mark> &amp; &quot;Vue&quot; app &lt;b&gt;',
    expect.stringMatching(/^….{50,}needs <mark>React<\/mark> Native here .{50,}…$/),
    expect.stringMatching(/^….{50,}and <mark>node js<\/mark> there .{50,}…$/),
    '<mark>React</mark>, <mark>Node.js</mark>',
  ]);
  expect(highlights(job, 'app need*')).toHaveLength(2);
  for (const query of ['', '!!!', '-react', 'absent']) expect(highlights(job, query)).toEqual([]);
});

it('shows at most three parts of a description, each once', () => {
  const job = aJob({ description: `react react ${filler}react ${filler}react ${filler}react` });
  expect(highlights(job, 'react')).toEqual([
    expect.stringMatching(/^<mark>react<\/mark> <mark>react<\/mark> lorem/),
    expect.stringContaining('<mark>react</mark>'),
    expect.stringContaining('<mark>react</mark>'),
  ]);
});

it('gives the start of the description, or the part that was searched for, cut between words', () => {
  const job = aJob({ description: `First\n\n words.  ${filler}needs React here ${filler}` });
  expect(excerpt(job, 40)).toBe('First words. lorem ipsum dolor sit…');
  expect(excerpt(job, 40, 'react')).toMatch(/^….*needs React here.*…$/);
  expect(excerpt(job, 40, 'absent')).toBe(excerpt(job, 40));
  expect(excerpt(aJob({ description: 'Short  one' }), 40)).toBe('Short one');
  expect([0, 1, 2, -5].map((length) => excerpt(job, length))).toEqual(['', '…', '…', '']);
});

it('does not cut within a character where what was found is longer than what was asked for', () => {
  expect(excerpt(aJob({ description: 'a👍🏽a' }), 4, '"a a"')).toBe('a…');
});

it('never gives more than was asked for, nor half a character, nor markup of the text', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', ' ', '<', '&', '"', 'é', '👍🏽', '日', '\n', 'react', '…'),
    maxLength: 400,
  });
  fc.assert(
    fc.property(
      text,
      fc.integer({ min: 0, max: 60 }),
      fc.constantFrom('react', 'a*', '日 OR é', '"a a"'),
      (description, length, query) => {
        const job: Job = { ...plain, title: description, description };
        const part = excerpt(job, length, query);
        expect(part.length).toBeLessThanOrEqual(length);
        expect(part).not.toMatch(/\p{Surrogate}/u);
        for (const fragment of highlights(job, query)) {
          expect(fragment).toMatch(/<mark>/);
          expect(fragment.replaceAll(/<\/?mark>/g, '')).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/);
          expect(fragment).not.toMatch(/\p{Surrogate}/u);
        }
      },
    ),
    { numRuns: 500 },
  );
});

const plain = aJob({});
