import { expect, it } from 'vitest';
import { DomainError } from '../../../src/services/failures/model.ts';
import type { JobsQuery } from '../../../src/services/jobs/model.ts';
import { job, search } from './answers.ts';
import { type Answers, ask, now } from './ask.ts';

const iso = now.toISOString();

it('shows a saved search with its criteria, what it matches, and how much of it is unseen', async () => {
  const asked: JobsQuery[] = [];
  const services: Answers = {
    searches: {
      byId: (id) =>
        search({
          id,
          query: 'dashboard -wordpress',
          criteria: { skills: ['React'], hourlyRate: { min: '40', currency: 'EUR' }, maximumAgeMs: 3_600_000 },
          scan: true,
          snoozedUntil: now,
          lastScanAt: now,
        }),
      unseenCount: () => 3,
    },
    jobs: {
      list: (query) => {
        asked.push(query);
        return { edges: [{ node: job(), cursor: 'c' }], hasNextPage: false, hasPreviousPage: false };
      },
      count: () => ({ count: 1, exact: true }),
      highlights: (_job, query) => [query],
    },
  };
  const document = `{ savedSearch(id: "search_1") {
    id name query scan enabled snoozedUntil lastScanAt notify unseenCount createdAt updatedAt version
    criteria { skills keywords hourlyRate { min { amount currency } max { amount } } maximumAge minimumMatchScore }
    jobs(first: 5, orderBy: { field: RELEVANCE, direction: DESC }) { totalCount nodes { id highlights } }
  } }`;
  expect(await ask(document, { services })).toEqual({
    data: {
      savedSearch: {
        id: 'search_1',
        name: 'Dashboards',
        query: 'dashboard -wordpress',
        scan: true,
        enabled: true,
        snoozedUntil: iso,
        lastScanAt: iso,
        notify: true,
        unseenCount: 3,
        createdAt: iso,
        updatedAt: iso,
        version: 1,
        criteria: {
          skills: ['React'],
          keywords: [],
          hourlyRate: { min: { amount: '40', currency: 'EUR' }, max: null },
          maximumAge: 'PT1H',
          minimumMatchScore: null,
        },
        jobs: { totalCount: 1, nodes: [{ id: 'job_1', highlights: ['dashboard -wordpress'] }] },
      },
    },
  });
  expect(asked).toEqual([
    {
      first: 5,
      orderBy: { field: 'RELEVANCE', direction: 'DESC' },
      query: 'dashboard -wordpress',
      filter: { criteria: { skills: ['React'], hourlyRate: { min: '40', currency: 'EUR' }, maximumAgeMs: 3_600_000 } },
    },
  ]);
});

it('lists saved searches in pages, and names those that a job matched', async () => {
  const services: Answers = {
    searches: {
      list: (page) => ({
        edges: [{ node: search({ name: JSON.stringify(page) }), cursor: 'c1' }],
        hasNextPage: true,
        hasPreviousPage: false,
      }),
      count: () => 7,
      ofJob: (id) => [search({ id: `search_of_${id}` }), search({ id: 'search_2' })],
    },
    jobs: { byId: (id) => job({ id }) },
  };
  const document = `{
    savedSearches(first: 1) { totalCount nodes { name } pageInfo { hasNextPage endCursor } }
    job(id: "job_1") { matchedSearches { id } }
  }`;
  expect(await ask(document, { services })).toEqual({
    data: {
      savedSearches: {
        totalCount: 7,
        nodes: [{ name: '{"first":1}' }],
        pageInfo: { hasNextPage: true, endCursor: 'c1' },
      },
      job: { matchedSearches: [{ id: 'search_of_job_1' }, { id: 'search_2' }] },
    },
  });
});

it('hands on what is created and changed: defaults filled in, absent left alone, null clearing', async () => {
  const given: unknown[] = [];
  const services: Answers = {
    searches: {
      create: (input) => {
        given.push(input);
        return {
          search: search(),
          warnings: [{ code: 'DUPLICATE_SAVED_SEARCH', message: 'Twice.', path: ['input', 'criteria'] }],
        };
      },
      update: (input) => {
        given.push(input);
        return { search: search({ version: 2 }), warnings: [] };
      },
      remove: (id) => void given.push(id),
    },
  };
  const payload = '{ savedSearch { version } warnings { code path } errors { message } }';
  expect(
    await ask(
      `mutation {
        bare: createSavedSearch(input: { name: "Bare" }) ${payload}
        whole: createSavedSearch(input: { name: "Whole", query: "x", criteria: { skills: ["React"], maximumAge: "1h" }, scan: true, notify: false, channelIds: ["c"] }) ${payload}
        same: updateSavedSearch(input: { savedSearchId: "search_1", name: null, enabled: null }) ${payload}
        cleared: updateSavedSearch(input: { savedSearchId: "search_1", query: null, criteria: { skills: null }, snoozedUntil: null, channelIds: null, expectedVersion: 1 }) ${payload}
        emptied: updateSavedSearch(input: { savedSearchId: "search_1", criteria: null, snoozedUntil: "${iso}", scan: false, enabled: false }) ${payload}
        deleteSavedSearch(input: { savedSearchId: "search_1" }) { deletedSavedSearchId errors { message } }
      }`,
      { services },
    ),
  ).toMatchObject({
    data: {
      bare: { savedSearch: { version: 1 }, warnings: [{ code: 'DUPLICATE_SAVED_SEARCH' }], errors: [] },
      cleared: { savedSearch: { version: 2 }, warnings: [], errors: [] },
      deleteSavedSearch: { deletedSavedSearchId: 'search_1', errors: [] },
    },
  });
  expect(given).toEqual([
    { name: 'Bare', scan: false, notify: true },
    {
      name: 'Whole',
      query: 'x',
      criteria: { skills: ['React'], maximumAgeMs: 3_600_000 },
      scan: true,
      notify: false,
      channelIds: ['c'],
    },
    { savedSearchId: 'search_1' },
    {
      savedSearchId: 'search_1',
      query: null,
      criteria: { skills: null },
      snoozedUntil: null,
      channelIds: null,
      expectedVersion: 1,
    },
    { savedSearchId: 'search_1', criteria: null, snoozedUntil: now, scan: false, enabled: false },
    'search_1',
  ]);
});

it('gives the failures of saved searches as data', async () => {
  const refuse = (): never => {
    throw new DomainError({ type: 'NotFoundError', code: 'NOT_FOUND', message: 'None.', nodeId: 'search_1' });
  };
  const services: Answers = { searches: { create: refuse, update: refuse, remove: refuse } };
  const errors = 'errors { __typename code ... on NotFoundError { nodeId } }';
  const failed = [{ __typename: 'NotFoundError', code: 'NOT_FOUND', nodeId: 'search_1' }];
  expect(
    await ask(
      `mutation {
        createSavedSearch(input: { name: "x" }) { savedSearch { id } ${errors} }
        updateSavedSearch(input: { savedSearchId: "search_1" }) { savedSearch { id } ${errors} }
        deleteSavedSearch(input: { savedSearchId: "search_1" }) { deletedSavedSearchId ${errors} }
      }`,
      { services },
    ),
  ).toEqual({
    data: {
      createSavedSearch: { savedSearch: null, errors: failed },
      updateSavedSearch: { savedSearch: null, errors: failed },
      deleteSavedSearch: { deletedSavedSearchId: null, errors: failed },
    },
  });
});
