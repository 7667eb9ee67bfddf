import { expect, it } from 'vitest';
import { createUpworkContracts } from '../../../../src/services/upwork/calls/contract-calls.ts';

const money = (rawValue: string) => ({ rawValue, currency: 'USD' });
const milestone = (more: object = {}) => ({
  id: '1',
  state: 'Active',
  dueDateTime: '2026-01-08T12:00:00Z',
  depositAmount: money('300'),
  fundedAmount: money('300'),
  paid: money('0'),
  ...more,
});

/** What is read of one contract with this milestone. */
async function read(part: object) {
  const terms = { fixedPriceTerms: [{ fixedAmount: money('300'), milestones: [part] }] };
  const data = { contractList: { contracts: [{ id: '7', terms }] } };
  const contracts = createUpworkContracts({ request: async () => ({ data, fieldErrors: [] }), sent: () => 0 });
  const { contracts: found, unread } = await contracts.details(['7']);
  return { hasAll: found[0]?.hasAllMilestones, unread };
}

it('10.1 milestones of which everything can be read are all there are, one without a date or a payment too', async () => {
  for (const part of [milestone(), milestone({ dueDateTime: null, paid: null })])
    expect(await read(part)).toEqual({ hasAll: true, unread: [] });
});

it.each([
  ['a due date in another form', { dueDateTime: 'next Thursday' }],
  ['an amount in another form', { depositAmount: money('300,00') }],
  ['a payment in another form', { paid: money('all') }],
  ['no id', { id: null }],
])('10.1 a milestone with %s is said to be unreadable, and nothing is taken for gone', async (_what, more) => {
  expect(await read(milestone(more))).toEqual({
    hasAll: false,
    unread: ['Milestones of contract 7 could not be read.'],
  });
});
