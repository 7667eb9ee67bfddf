import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalId, jobUrl } from '../../../../src/services/jobs/external-id.ts';

const number = '1978704153911649005';
const both = { externalId: number, ciphertext: `~02${number}` };
const old = { ciphertext: '~01abcdef0123456789' };

it.each([
  [number, { externalId: number }],
  [` ${number} `, { externalId: number }],
  [`~02${number}`, both],
  ['~01ABCDEF0123456789', old],
  [`https://www.upwork.com/jobs/~02${number}`, both],
  [`https://www.upwork.com/jobs/~02${number}/`, both],
  [`https://www.upwork.com/jobs/Website-Redesign_~02${number}?source=rss#x`, both],
  [`https://www.upwork.com/freelance-jobs/apply/Title_~02${number}/`, both],
  [`https://www.upwork.com/nx/proposals/job/~02${number}/apply/`, both],
  [`https://www.upwork.com/jobs/%7E02${number}`, both],
  ['https://www.upwork.com/jobs/~01abcdef0123456789', old],
  [`https://www.upwork.com/jobs/${number}`, { externalId: number }],
  ['~', undefined],
  ['~02', undefined],
  ['react', undefined],
  ['', undefined],
  ['https://www.upwork.com/', undefined],
  [`job ${number}`, undefined],
  ['9'.repeat(26), undefined],
])('reads the id %s', (text, ids) => {
  expect(canonicalId(text)).toEqual(ids);
});

it('links to where a person can read the job', () => {
  expect(jobUrl({ externalId: number })).toBe(`https://www.upwork.com/jobs/~02${number}`);
  expect(jobUrl({ externalId: number, ciphertext: old.ciphertext })).toBe(
    `https://www.upwork.com/jobs/${old.ciphertext}`,
  );
  expect(jobUrl({ externalId: old.ciphertext })).toBe(`https://www.upwork.com/jobs/${old.ciphertext}`);
});

it('reads any text quickly and without failing', () => {
  const form = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom('~0', '2', '1', 'a', '/', '_', 'https://', '?', '%7E')).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(form, (text) => {
      const ids = canonicalId(text);
      if (ids?.externalId !== undefined) expect(ids.externalId).toMatch(/^\d{1,25}$/);
      if (ids?.ciphertext !== undefined) expect(ids.ciphertext).toMatch(/^~0\d[0-9a-f]+$/);
    }),
  );
  expect(canonicalId('/_'.repeat(500_000))).toBeUndefined();
});
