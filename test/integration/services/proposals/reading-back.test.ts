import { expect, it } from 'vitest';
import { openRig, type Rig } from './rig.ts';

const hour = 3_600_000;

/** Proposals that were written elsewhere, each for a job of its own. */
function write(rig: Rig, count: number): void {
  for (let made = 0; made < count; made += 1)
    rig.control.apply(rig.control.post({ title: `Job ${made}`, questions: [] }).id, { amount: 50 });
}

/** Reads back and answers with the requests it took. */
async function readingBack(rig: Rig): Promise<number> {
  const asked = () => rig.control.journal().filter(({ operation }) => operation === 'MyProposals').length;
  const before = asked();
  await rig.proposals.sync();
  return asked() - before;
}

it('10.17 reading back stops at what is known, and reads the whole once a day', async () => {
  await using rig = await openRig({ connects: 100_000 });
  write(rig, 65);
  expect(await readingBack(rig)).toBe(4 + 7);
  await rig.advance(4 * hour);
  expect(await readingBack(rig)).toBe(8);
  write(rig, 1);
  const [newest] = rig.control.proposals().slice(-1);
  expect(await readingBack(rig)).toBe(1 + 1 + 7);
  rig.control.moveProposal(newest?.id ?? '', 'Declined');
  await readingBack(rig);
  expect(rig.proposals.count({ statuses: ['DECLINED'] })).toBe(1);
  await rig.advance(24 * hour);
  expect(await readingBack(rig)).toBe(4 + 7);
});

it('10.17 reading back ends early where a status gives the list of the first one', async () => {
  await using rig = await openRig({ connects: 100_000, proposalFilter: 'ignored' });
  write(rig, 65);
  expect(await readingBack(rig)).toBe(4 + 1);
  await rig.advance(4 * hour);
  expect(await readingBack(rig)).toBe(1 + 1);
});
