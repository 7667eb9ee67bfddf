import { expect, it } from 'vitest';
import { openTestServer, ownerToken } from '../../support/server.ts';

it('Prospector counts what it does under names from closed lists: no path, token, query or error text of a client', async () => {
  await using server = await openTestServer();
  for (let at = 0; at < 20; at += 1) {
    await server.fetch(`/canary-${at}?token=${ownerToken}`);
    await server.ask(`query Canary${at} { viewer { scopes } }`);
    await server.ask(`{ canary${at} }`);
    await server.fetch('/graphql', { method: 'PUT' });
  }
  const response = await server.fetch('/metrics');
  const text = await response.text();
  expect(response.headers.get('content-type')).toContain('text/plain');
  expect(text).not.toMatch(/canary|prs_|localhost/i);
  for (const line of [
    'prospector_http_requests_total{route="other",method="GET",status="404"} 20',
    'prospector_http_requests_total{route="/graphql",method="POST",status="200"} 40',
    'prospector_http_requests_total{route="/graphql",method="other",status="405"} 20',
    'prospector_graphql_operations_total{kind="query",code="OK"} 20',
    'prospector_graphql_operations_total{kind="unknown",code="GRAPHQL_VALIDATION_FAILED"} 20',
    'prospector_requests_remaining_today 500',
    'prospector_platform_connected 1',
    'prospector_websockets 0',
  ])
    expect(text).toContain(`${line}\n`);
});
