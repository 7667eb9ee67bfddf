import { expect, it } from 'vitest';
import type { ContractsQuery } from '../../../src/services/contracts/model.ts';
import { DomainError } from '../../../src/services/failures/model.ts';
import type { ProposalsQuery } from '../../../src/services/proposals/model.ts';
import { contract, job, milestone, proposal, status } from './answers.ts';
import { type Answers, ask, now } from './ask.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });

it('shows a proposal with its job, its terms, what stops it and how it came there', async () => {
  const services: Answers = {
    proposals: {
      byId: () =>
        proposal({
          terms: {
            rate: usd('55'),
            duration: 'ONE_TO_3_MONTHS',
            boostConnects: 2,
            milestones: [{ title: 'All', amount: usd('55'), dueOn: '2026-11-01' }],
          },
          netRate: usd('49.5'),
          connects: 12,
          answers: [{ question: { position: 1, text: 'Why?', required: true }, answer: '' }],
        }),
      blockers: () => [
        {
          type: 'ValidationError',
          code: 'VALIDATION',
          message: 'Question 1 is not answered.',
          constraint: 'required',
          path: ['answers', '1'],
        },
      ],
      history: () => [{ status: 'DRAFT', occurredAt: now, source: 'YOU' }],
    },
    contracts: { ofProposal: () => contract() },
    jobs: { byId: (id) => job({ id }) },
  };
  const document = `{ proposal(id: "proposal_1") {
    platform externalId status submissionMode handoffUrl coverLetter contentHash version job { id } contract { id }
    terms { rate { amount } netRate { amount } duration connects boostConnects milestones { title amount { amount } dueOn } }
    answers { question { position text required } answer } blockers { __typename code path } history { status occurredAt source note }
  } }`;
  expect(await ask(document, { services })).toEqual({
    data: {
      proposal: {
        platform: 'UPWORK',
        externalId: null,
        status: 'DRAFT',
        submissionMode: null,
        handoffUrl: null,
        coverLetter: 'Hello',
        contentHash: 'abc',
        version: 1,
        job: { id: 'job_1' },
        contract: { id: 'contract_1' },
        terms: {
          rate: { amount: '55' },
          netRate: { amount: '49.5' },
          duration: 'ONE_TO_3_MONTHS',
          connects: 12,
          boostConnects: 2,
          milestones: [{ title: 'All', amount: { amount: '55' }, dueOn: '2026-11-01' }],
        },
        answers: [{ question: { position: 1, text: 'Why?', required: true }, answer: '' }],
        blockers: [{ __typename: 'ValidationError', code: 'VALIDATION', path: ['answers', '1'] }],
        history: [{ status: 'DRAFT', occurredAt: '2026-10-01T12:00:00.000Z', source: 'YOU', note: null }],
      },
    },
  });
});

it('shows a contract with what it came from and its parts', async () => {
  const services: Answers = {
    contracts: {
      byId: () =>
        contract({
          jobId: 'job_1',
          milestones: [milestone({ dueOn: '2026-10-02', overdue: true })],
          earnings: { funded: usd('100'), paid: usd('40'), remaining: usd('60') },
          weeklyLimit: '40',
        }),
    },
    jobs: { byId: (id) => job({ id }) },
  };
  const document = `{ contract(id: "contract_1") { externalId status type weeklyLimit job { id } proposal { id } client { country }
    earnings { funded { amount } paid { amount } remaining { amount } } milestones { id dueOn overdue contract { id } } } }`;
  expect(await ask(document, { services })).toEqual({
    data: {
      contract: {
        externalId: '77',
        status: 'ACTIVE',
        type: 'FIXED_PRICE',
        weeklyLimit: '40',
        job: { id: 'job_1' },
        proposal: null,
        client: { country: null },
        earnings: { funded: { amount: '100' }, paid: { amount: '40' }, remaining: { amount: '60' } },
        milestones: [{ id: 'milestone_1', dueOn: '2026-10-02', overdue: true, contract: { id: 'contract_1' } }],
      },
    },
  });
});

it('lists proposals and contracts last changed first unless told otherwise', async () => {
  const asked: (ProposalsQuery | ContractsQuery)[] = [];
  const empty = { hasNextPage: false, hasPreviousPage: false };
  const services: Answers = {
    proposals: {
      list: (query) => {
        asked.push(query);
        return { edges: [{ node: proposal(), cursor: 'p1' }], ...empty };
      },
      count: () => 1,
    },
    contracts: {
      list: (query) => {
        asked.push(query);
        return { edges: [{ node: contract(), cursor: 'k1' }], ...empty };
      },
      count: () => 1,
    },
  };
  const document = `{
    proposals { nodes { id } totalCount pageInfo { endCursor } }
    contracts { edges { cursor node { id } } totalCount }
    filtered: proposals(first: 5, filter: {statuses: [SUBMITTED], jobId: "job_1", submittedAt: {gte: "-P1D"}}, orderBy: {field: SUBMITTED_AT, direction: ASC}) { totalCount }
    begun: contracts(last: 5, filter: {types: [HOURLY], startedAt: {lt: "-P1D"}}, orderBy: null) { totalCount }
  }`;
  expect(await ask(document, { services })).toEqual({
    data: {
      proposals: { nodes: [{ id: 'proposal_1' }], totalCount: 1, pageInfo: { endCursor: 'p1' } },
      contracts: { edges: [{ cursor: 'k1', node: { id: 'contract_1' } }], totalCount: 1 },
      filtered: { totalCount: 1 },
      begun: { totalCount: 1 },
    },
  });
  const lastChangedFirst = { field: 'UPDATED_AT', direction: 'DESC' };
  const yesterday = new Date('2026-09-30T12:00:00Z');
  expect(asked).toEqual([
    { filter: {}, orderBy: lastChangedFirst },
    { filter: {}, orderBy: lastChangedFirst },
    {
      first: 5,
      filter: { statuses: ['SUBMITTED'], jobId: 'job_1', submittedAt: { gte: yesterday } },
      orderBy: { field: 'SUBMITTED_AT', direction: 'ASC' },
    },
    { last: 5, filter: { types: ['HOURLY'], startedAt: { lt: yesterday } }, orderBy: lastChangedFirst },
  ]);
});

it('counts what became of proposals, ever or in a stretch of time', async () => {
  const asked: unknown[] = [];
  const services: Answers = {
    proposals: {
      stats: (period) => {
        asked.push(period);
        return {
          submitted: 4,
          viewed: 3,
          interviewed: 1,
          hired: 0,
          responseRate: '0.25',
          connectsSpent: 40,
          medianTimeToResponseMs: 86_400_000,
          byStatus: [{ status: 'SUBMITTED', count: 4 }],
        };
      },
    },
  };
  const document = `{ proposalStats { submitted viewed interviewed hired responseRate hireRate connectsSpent medianTimeToResponse byStatus { status count } }
    recent: proposalStats(period: {gte: "-P1D"}) { submitted } }`;
  expect(await ask(document, { services })).toEqual({
    data: {
      proposalStats: {
        submitted: 4,
        viewed: 3,
        interviewed: 1,
        hired: 0,
        responseRate: '0.25',
        hireRate: null,
        connectsSpent: 40,
        medianTimeToResponse: 'P1D',
        byStatus: [{ status: 'SUBMITTED', count: 4 }],
      },
      recent: { submitted: 4 },
    },
  });
  expect(asked).toEqual([undefined, { gte: new Date('2026-09-30T12:00:00Z') }]);
});

it('hands drafts on as they were written: absent leaves alone, null clears', async () => {
  const told: unknown[] = [];
  const change = (input: unknown) => {
    told.push(input);
    return { proposal: proposal(), warnings: [{ code: 'CONNECTS_LOW' as const, message: 'Few left.' }] };
  };
  const services: Answers = {
    proposals: { createDraft: async (input) => change(input), updateDraft: change, deleteDraft: (id) => id },
  };
  const payload = '{ proposal { id } warnings { code } errors { code } }';
  const create = `mutation ($input: CreateProposalDraftInput!) { createProposalDraft(input: $input) ${payload} }`;
  const update = `mutation ($input: UpdateProposalDraftInput!) { updateProposalDraft(input: $input) ${payload} }`;
  expect(await ask(create, { services, variables: { input: { jobId: 'job_1' } } })).toEqual({
    data: { createProposalDraft: { proposal: { id: 'proposal_1' }, warnings: [{ code: 'CONNECTS_LOW' }], errors: [] } },
  });
  const terms = { rate: '55.00', duration: null, milestones: [{ title: 'All', amount: 55, dueOn: null }] };
  await ask(create, {
    services,
    variables: {
      input: {
        jobId: 'job_1',
        template: 'short',
        terms,
        answers: [{ position: 1, answer: 'Yes' }],
        idempotencyKey: 'k',
      },
    },
  });
  await ask(update, {
    services,
    variables: { input: { proposalId: 'proposal_1', coverLetter: null, terms: null, expectedVersion: 3 } },
  });
  await ask(update, { services, variables: { input: { proposalId: 'proposal_1', terms: { milestones: null } } } });
  expect(told).toEqual([
    { jobId: 'job_1', coverLetter: '' },
    {
      jobId: 'job_1',
      coverLetter: '',
      template: 'short',
      terms: { rate: '55', duration: null, milestones: [{ title: 'All', amount: '55', dueOn: null }] },
      answers: [{ position: 1, answer: 'Yes' }],
      idempotencyKey: 'k',
    },
    {
      proposalId: 'proposal_1',
      coverLetter: '',
      terms: { rate: null, duration: null, boostConnects: null, milestones: null },
      expectedVersion: 3,
    },
    { proposalId: 'proposal_1', terms: { milestones: null } },
  ]);
  const gone = await ask(
    'mutation { deleteProposalDraft(input: {proposalId: "proposal_1"}) { deletedProposalId errors { code } } }',
    { services },
  );
  expect(gone).toEqual({ data: { deleteProposalDraft: { deletedProposalId: 'proposal_1', errors: [] } } });
});

it('sends exactly what was confirmed, and shows refusals with the page where a person can go on', async () => {
  const told: unknown[] = [];
  const services: Answers = {
    proposals: {
      submit: async (input) => {
        told.push(input);
        return { proposal: proposal({ status: 'SUBMITTED' }), warnings: [] };
      },
      markSubmitted: (input) => {
        told.push(input);
        return { proposal: proposal({ status: 'SUBMITTED' }), warnings: [] };
      },
      withdraw: () => {
        throw new DomainError({
          type: 'CapabilityError',
          code: 'CAPABILITY_UNSUPPORTED',
          message: 'Only on the page.',
          capability: 'WITHDRAW_PROPOSAL',
          handoffUrl: 'https://www.upwork.com/nx/proposals/1',
        });
      },
    },
  };
  const document = `mutation {
    submitProposal(input: {proposalId: "proposal_1", contentHash: "abc", idempotencyKey: "k"}) { proposal { status } errors { code } }
    markProposalSubmitted(input: {proposalId: "proposal_1", submittedAt: "2026-10-01T12:00:00Z", externalId: null}) { proposal { status } }
    withdrawProposal(input: {proposalId: "proposal_1"}) { proposal { id } errors { code ... on CapabilityError { capability handoffUrl } } }
  }`;
  expect(await ask(document, { services, scopes: ['PROPOSALS_SUBMIT'] })).toEqual({
    data: {
      submitProposal: { proposal: { status: 'SUBMITTED' }, errors: [] },
      markProposalSubmitted: { proposal: { status: 'SUBMITTED' } },
      withdrawProposal: {
        proposal: null,
        errors: [
          {
            code: 'CAPABILITY_UNSUPPORTED',
            capability: 'WITHDRAW_PROPOSAL',
            handoffUrl: 'https://www.upwork.com/nx/proposals/1',
          },
        ],
      },
    },
  });
  expect(told).toEqual([
    { proposalId: 'proposal_1', contentHash: 'abc', idempotencyKey: 'k' },
    { proposalId: 'proposal_1', submittedAt: now },
  ]);
});

it('syncs proposals and contracts when nothing else is said', async () => {
  const asked: unknown[] = [];
  const services: Answers = {
    sync: {
      begin: (targets) => {
        asked.push(targets);
        return targets;
      },
    },
    connection: { status: () => status() },
  };
  const payload = '{ platformStatus { id } started errors { code } }';
  expect(await ask(`mutation { syncPlatform ${payload} }`, { services })).toEqual({
    data: {
      syncPlatform: { platformStatus: { id: 'platform_upwork' }, started: ['PROPOSALS', 'CONTRACTS'], errors: [] },
    },
  });
  await ask(`mutation { syncPlatform(input: {what: [ACCOUNT]}) ${payload} }`, { services });
  expect(asked).toEqual([['PROPOSALS', 'CONTRACTS'], ['ACCOUNT']]);
});
