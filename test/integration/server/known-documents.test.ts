import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { openTestServer, ownerToken, type TestServer } from '../../support/server.ts';
import { openSocket } from '../../support/socket.ts';

const text = 'query Known { viewer { scopes } }';
const sha256Hash = createHash('sha256').update(text).digest('hex');
const documents = new Map([[`sha256:${sha256Hash}`, text]]);
const apollo = (hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } });
const unknown = 'a'.repeat(64);

/** Sends the same over HTTP and over a WebSocket; both must answer alike. */
async function askBoth(server: TestServer, payload: object) {
  const response = await server.fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  });
  // biome-ignore lint/suspicious/noExplicitAny: replies of every shape
  const reply = (await response.json()) as any;
  const socket = await openSocket(server.port);
  await socket.init(ownerToken);
  socket.send({ type: 'subscribe', id: '1', payload: { query: '', ...payload } });
  const { type, payload: result } = await socket.next();
  socket.socket.close();
  const [overHttp, overSocket] = [reply.errors, type === 'error' ? result : result.errors].map(
    (errors) => errors?.[0].extensions.code,
  );
  expect(overSocket).toEqual(overHttp);
  expect(result.data).toEqual(reply.data);
  return [response.status, overHttp ?? reply.data];
}

it('Prospector runs known documents by either name and others as text', async () => {
  await using server = await openTestServer({ documents });
  const data = { viewer: { scopes: ['ADMIN'] } };
  expect(await askBoth(server, { documentId: `sha256:${sha256Hash}` })).toEqual([200, data]);
  expect(await askBoth(server, apollo(sha256Hash))).toEqual([200, data]);
  expect(await askBoth(server, { query: '{ __typename }' })).toEqual([200, { __typename: 'Query' }]);
  expect(await askBoth(server, { query: '{ __typename }', ...apollo(unknown) })).toEqual([
    200,
    { __typename: 'Query' },
  ]);
  expect(await askBoth(server, { documentId: `sha256:${unknown}` })).toEqual([400, 'PERSISTED_DOCUMENT_NOT_FOUND']);
  expect(await askBoth(server, apollo(unknown))).toEqual([400, 'PERSISTED_DOCUMENT_NOT_FOUND']);
});

it('Prospector runs known documents alone where it is told to', async () => {
  await using server = await openTestServer({ documents, env: { PROSPECTOR_PERSISTED_DOCUMENTS: 'require' } });
  expect(await askBoth(server, { documentId: `sha256:${sha256Hash}` })).toEqual([
    200,
    { viewer: { scopes: ['ADMIN'] } },
  ]);
  expect(await askBoth(server, { query: '{ __typename }' })).toEqual([400, 'PERSISTED_DOCUMENT_REQUIRED']);
  expect(await askBoth(server, { query: '{ __typename }', documentId: `sha256:${sha256Hash}` })).toEqual([
    400,
    'PERSISTED_DOCUMENT_REQUIRED',
  ]);
  expect(await askBoth(server, {})).toEqual([400, 'PERSISTED_DOCUMENT_REQUIRED']);
  expect(await askBoth(server, { documentId: 'toString' })).toEqual([400, 'PERSISTED_DOCUMENT_NOT_FOUND']);
  expect(await askBoth(server, { documentId: 7 })).toEqual([400, 'PERSISTED_DOCUMENT_REQUIRED']);
  const byGet = await server.fetch(`/graphql?documentId=sha256:${sha256Hash}`);
  expect([byGet.status, await byGet.json()]).toMatchObject([200, { data: { viewer: { scopes: ['ADMIN'] } } }]);
});
