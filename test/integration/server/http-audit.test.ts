import { auditServer } from 'graphql-http';
import { expect, it } from 'vitest';
import { openTestServer } from '../../support/server.ts';

it('speaks GraphQL over HTTP as the specification has it: every MUST and SHOULD of the graphql-http audit', async () => {
  await using server = await openTestServer();
  const results = await auditServer({
    url: `${server.origin}/graphql`,
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...server.bearer, ...init.headers } }),
  });
  const failed = results.flatMap((result) =>
    result.status === 'ok' ? [] : [`${result.status}: ${result.name}: ${result.reason}`],
  );
  expect(failed).toEqual([]);
  expect(results.length).toBeGreaterThan(55);
});
