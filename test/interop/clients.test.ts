import { readFileSync } from 'node:fs';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { fetchExchange, subscriptionExchange, Client as UrqlClient } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { buildSchema, type IntrospectionQuery, introspectionFromSchema } from 'graphql';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { firstValueFrom, type Observable } from 'rxjs';
import { expect, it } from 'vitest';
import WebSocket from 'ws';
import { type App, startApp } from '../support/app.ts';

const sdl = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
const introspection = introspectionFromSchema(sdl);
const headersOf = (app: App) => ({ authorization: `Bearer ${app.token}` });
const wsOf = (app: App) =>
  createWsClient({
    url: `${app.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { Authorization: `Bearer ${app.token}` },
  });

/** Three jobs already announced, one more for whoever follows. */
async function appWithJobs() {
  const app = await startApp({ connected: true });
  for (const title of ['First', 'Second', 'Third']) app.sandbox.control.post({ title, skills: ['GraphQL'] });
  await app.scan();
  return app;
}

it('the graphql-ws client queries, follows live, resumes from a cursor with no gap and no double, and sees refusals', async () => {
  await using app = await appWithJobs();
  const client = wsOf(app);
  const { data } = await firstOf(
    client.iterate<{ jobs: { totalCount: number } }>({ query: '{ jobs { totalCount } }' }),
  );
  expect(data?.jobs.totalCount).toBe(3);
  const { events } = await app.data('{ events(types: [JOB_POSTED]) { nodes { cursor } } }');
  const feed = client.iterate<{ jobPosted: { cursor: string; replayed: boolean; job: { title: string } } }>({
    query: 'subscription ($after: String) { jobPosted(after: $after) { cursor replayed job { title } } }',
    variables: { after: events.nodes[0].cursor },
  });
  const missed = [(await feed.next()).value.data.jobPosted, (await feed.next()).value.data.jobPosted];
  expect(missed.map(({ replayed }) => replayed)).toEqual([true, true]);
  expect(missed.map(({ cursor }) => cursor)).toEqual(
    events.nodes.slice(1).map(({ cursor }: { cursor: string }) => cursor),
  );
  app.sandbox.control.post({ title: 'Fourth' });
  await app.scan();
  expect((await feed.next()).value.data.jobPosted).toMatchObject({ replayed: false, job: { title: 'Fourth' } });
  await feed.return?.();
  const refused = client.iterate({ query: 'subscription { jobPosted(after: "nonsense") { id } }' });
  const outcome = await refused.next().then(
    ({ value }) => value?.errors,
    (errors) => errors,
  );
  expect(outcome[0].extensions.code).toBe('BAD_USER_INPUT');
  await client.dispose();
});

it('the graphql-sse client follows in distinct-connections mode', async () => {
  await using app = await appWithJobs();
  const { events } = await app.data('{ events(types: [JOB_POSTED]) { nodes { cursor } } }');
  const client = createSseClient({ url: `${app.url}/graphql`, headers: headersOf(app), retryAttempts: 0 });
  const feed = client.iterate<{ jobPosted: { job: { title: string } } }>({
    query: 'subscription ($after: String) { jobPosted(after: $after) { job { title } } }',
    variables: { after: events.nodes[1].cursor },
  });
  expect((await feed.next()).value.data.jobPosted.job.title).toMatch(/First|Second|Third/);
  app.sandbox.control.post({ title: 'Live' });
  await app.scan();
  expect((await feed.next()).value.data.jobPosted.job.title).toBe('Live');
  await feed.return?.();
  client.dispose();
});

it('Apollo Client pages Relay-style, reads errors of an interface type, and subscribes', async () => {
  await using app = await appWithJobs();
  const possibleTypes = Object.fromEntries(
    introspection.__schema.types.flatMap((type) =>
      type.kind === 'INTERFACE' ? [[type.name, type.possibleTypes.map(({ name }) => name)]] : [],
    ),
  );
  const cache = new InMemoryCache({
    possibleTypes,
    typePolicies: { Query: { fields: { jobs: relayStylePagination() } } },
  });
  const client = new ApolloClient({
    cache,
    link: new HttpLink({ uri: `${app.url}/graphql`, headers: headersOf(app) }),
  });
  const page = gql`query ($after: String) { jobs(first: 2, after: $after) { edges { cursor node { id title } } pageInfo { hasNextPage endCursor } } }`;
  const first = await client.query<{ jobs: { edges: unknown[]; pageInfo: { endCursor: string } } }>({ query: page });
  // The cache would answer with what it has: it merges pages into one list.
  const variables = { after: first.data?.jobs.pageInfo.endCursor };
  await client.query({ query: page, variables, fetchPolicy: 'network-only' });
  expect(client.readQuery<{ jobs: { edges: unknown[] } }>({ query: page })?.jobs.edges).toHaveLength(3);
  const failed = await client.mutate<{ updateJob: { errors: unknown[] } }>({
    mutation: gql`mutation { updateJob(input: { jobId: "job_00000000000000000000000000", notes: "x" }) { errors { code message ... on NotFoundError { nodeId } } } }`,
  });
  expect(failed.data?.updateJob.errors).toEqual([
    expect.objectContaining({
      __typename: 'NotFoundError',
      code: 'NOT_FOUND',
      nodeId: 'job_00000000000000000000000000',
    }),
  ]);
  const socket = wsOf(app);
  const live = new ApolloClient({ cache: new InMemoryCache(), link: new GraphQLWsLink(socket) });
  const next = firstValueFrom(
    live.subscribe<{ jobPosted: { job: { title: string } } }>({
      query: gql`subscription { jobPosted { job { title } } }`,
    }) as unknown as Observable<{ data: { jobPosted: { job: { title: string } } } }>,
  );
  await subscribed(app);
  app.sandbox.control.post({ title: 'For Apollo' });
  await app.scan();
  expect((await next).data.jobPosted.job.title).toBe('For Apollo');
  await socket.dispose();
});

it('urql with graphcache reads, updates its cache from a mutation, and subscribes', async () => {
  await using app = await appWithJobs();
  const socket = wsOf(app);
  const client = new UrqlClient({
    url: `${app.url}/graphql`,
    preferGetMethod: false,
    fetchOptions: { headers: headersOf(app) },
    exchanges: [
      cacheExchange({ schema: introspection as unknown as IntrospectionQuery as never }),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe(
              { query: request.query ?? '', variables: request.variables as never },
              sink as never,
            ),
          }),
        }),
      }),
    ],
  });
  const list = '{ jobs(first: 3) { nodes { id title triage } totalCount } }';
  const before = await client.query(list, {}).toPromise();
  const { id } = before.data.jobs.nodes[0];
  await client
    .mutation(
      'mutation ($id: ID!) { updateJob(input: { jobId: $id, triage: SHORTLISTED }) { job { id triage } errors { code } } }',
      { id },
    )
    .toPromise();
  const after = client.readQuery(list, {});
  expect(after?.data.jobs.nodes[0]).toMatchObject({ id, triage: 'SHORTLISTED' });
  const titles: string[] = [];
  const { unsubscribe } = client
    .subscription('subscription { jobPosted { job { id title } } }', {})
    .subscribe(({ data }) => data && titles.push(data.jobPosted.job.title));
  await subscribed(app);
  app.sandbox.control.post({ title: 'For urql' });
  await app.scan();
  await expect.poll(() => titles).toEqual(['For urql']);
  unsubscribe();
  await socket.dispose();
});

async function subscribed(app: App) {
  await expect
    .poll(async () => (await app.data('{ system { subscribers } }')).system.subscribers, { timeout: 10_000 })
    .toBe(1);
}

async function firstOf<Result>(results: AsyncIterableIterator<Result>): Promise<Result> {
  const { value } = await results.next();
  await results.return?.();
  return value;
}
