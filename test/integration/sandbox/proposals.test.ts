import { expect, it } from 'vitest';
import { visit } from './visitor.ts';

const submit =
  'mutation Submit($input: CreateJobProposalInput!) { createJobProposal(input: $input) { newProposalId status error } }';
const list = `query List($status: VendorProposalStatusFilterInput!, $first: Int!, $ids: [ID!]) {
  vendorProposals(filter: {status_eq: $status, jobPostingIds_any: $ids}, sortAttribute: {field: CREATEDDATETIME, sortOrder: DESC}, pagination: {first: $first}) {
    edges { node { id status { status } viewedByClient auditDetails { createdDateTime { rawValue } } } }
  }
}`;
const input = (jobReference: string, more: object = {}) => ({
  input: {
    selectedContractor: { id: '1500000000000000000', oDeskUserID: 'janefreelancer' },
    teamOrgId: '1500000000000000001',
    jobReference,
    chargedAmount: 55,
    coverLetter: 'Hello',
    ...more,
  },
});
const refused = (error: string) => ({ data: { createJobProposal: { newProposalId: null, status: null, error } } });

it('the sandbox takes a proposal once, and refuses in the payload what Upwork would refuse (FACTS §7)', async () => {
  await using visitor = await visit();
  const { control } = visitor.sandbox;
  const { id } = control.post({ questions: ['Which time zone?'] });
  const closed = control.post({ status: 'CLOSED' });
  await visitor.signIn();
  expect((await visitor.ask(submit, input(id))).body).toEqual(refused('ANSWERS_MISSING'));
  const questions = [{ question: 'Which time zone?', answer: 'UTC' }];
  const sent = await visitor.ask(submit, input(id, { questions }));
  expect(sent.body.data.createJobProposal).toEqual({ newProposalId: expect.any(String), status: 'OK', error: null });
  expect((await visitor.ask(submit, input(id, { questions }))).body).toEqual(refused('ALREADY_APPLIED'));
  expect((await visitor.ask(submit, input(closed.id))).body).toEqual(refused('JOB_CLOSED'));
  control.set({ connects: 10 });
  expect((await visitor.ask(submit, input(control.post({ questions: [] }).id, { boostBidAmount: 50 }))).body).toEqual(
    refused('INSUFFICIENT_CONNECTS'),
  );
  control.set({ refuseProposals: 'UNEXPECTED_ERROR' });
  expect((await visitor.ask(submit, input(control.post().id))).body).toEqual(refused('UNEXPECTED_ERROR'));
  expect(control.proposals()).toMatchObject([{ postingId: id, status: 'Accepted', answers: questions }]);
});

it('the sandbox keeps a proposal whose answer was lost, and shows it to who asks (FACTS §7)', async () => {
  await using visitor = await visit();
  const { control } = visitor.sandbox;
  const { id } = control.post({ questions: [] });
  await visitor.signIn();
  control.fail({ target: 'graphql', operation: 'Submit', kind: 'reset-after' });
  await expect(visitor.ask(submit, input(id))).rejects.toThrow();
  const found = await visitor.ask(list, { status: 'Accepted', first: 20, ids: [id] });
  expect(found.body.data.vendorProposals.edges).toEqual([
    {
      node: {
        id: control.proposals()[0]?.id,
        status: { status: 'Accepted' },
        viewedByClient: false,
        auditDetails: { createdDateTime: { rawValue: String(Date.parse('2026-01-05T12:00:00Z')) } },
      },
    },
  ]);
});

it('the sandbox gives forty proposals a page and refuses one more with VJCA-6 (FACTS §6)', async () => {
  await using visitor = await visit();
  await visitor.signIn();
  expect((await visitor.ask(list, { status: 'Accepted', first: 40 })).body.errors).toBeUndefined();
  expect((await visitor.ask(list, { status: 'Accepted', first: 41 })).body.errors[0].message).toContain('VJCA-6');
});

it('the sandbox lets proposals live: opened, talked about, won, and a contract with milestones comes of it', async () => {
  await using visitor = await visit({ seed: 'life' });
  const { control } = visitor.sandbox;
  control.set({ contracts: 'allowed', connects: 10_000 });
  await visitor.signIn();
  for (let index = 0; index < 40; index++) {
    const { id } = control.post({ jobType: 'FIXED', questions: [] });
    await visitor.ask(
      submit,
      input(id, {
        milestones: [
          { amount: 20, description: 'one' },
          { amount: 35, description: 'two' },
        ],
      }),
    );
  }
  control.setClock({ advanceMs: 10 * 86_400_000 });
  await visitor.signIn();
  const statuses = new Set(control.proposals().map(({ status }) => status));
  expect([...statuses].sort()).toEqual(['Accepted', 'Declined', 'Hired']);
  const { body } = await visitor.ask(
    '{ contractList { contracts { id status terms { fixedPriceTerms { milestones { description state paid { rawValue } } } } } } }',
  );
  const hired = control.proposals().filter(({ status }) => status === 'Hired').length;
  expect(body.data.contractList.contracts).toHaveLength(hired);
  expect(body.data.contractList.contracts[0]).toMatchObject({
    status: 'CLOSED',
    terms: {
      fixedPriceTerms: [
        {
          milestones: [
            { description: 'one', state: 'Paid', paid: { rawValue: '20.0' } },
            { description: 'two', state: 'Paid', paid: { rawValue: '35.0' } },
          ],
        },
      ],
    },
  });
});

it('the sandbox says "Authorization failed" for contracts of an ordinary key, and shows them in the work history (FACTS §9)', async () => {
  await using visitor = await visit();
  visitor.sandbox.control.addContract({ title: 'GraphQL API', jobType: 'HOURLY', amount: 55 });
  await visitor.signIn();
  const denied = await visitor.ask('{ contractList { contracts { id } } }');
  expect(denied.body).toMatchObject({ data: { contractList: null }, errors: [{ message: 'Authorization failed' }] });
  const history = await visitor.ask(
    '{ talentWorkHistory(filter: {personId: "1500000000000000000", status: [ACTIVE]}) { workHistoryList { contract { title terms { hourlyRate fixedAmount jobType } } } } }',
  );
  expect(history.body.data.talentWorkHistory.workHistoryList).toEqual([
    { contract: { title: 'GraphQL API', terms: { hourlyRate: '55', fixedAmount: null, jobType: 'HOURLY' } } },
  ]);
});
