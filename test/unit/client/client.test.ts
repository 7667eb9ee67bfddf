import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createProspectorClient } from '../../../src/client/client.ts';
import { NoServerError, ServerRefusedError } from '../../../src/client/errors.ts';
import { documentIdOf } from '../../../src/client/operations/document.ts';
import { latestCursor } from '../../../src/client/operations/operations.ts';
import { startScriptedServer } from './scripted-server.ts';

const clientOf = (url: string) => createProspectorClient({ url, token: 'prs_test', fetch, WebSocket });
const answer = { data: { system: { latestEventCursor: 'c1' } } };
const failure = (error: Promise<unknown>) => error.catch((thrown: unknown) => thrown);

describe("Prospector's client asks", () => {
  it('with the token and the whole document, and gives the data', async () => {
    await using server = await startScriptedServer({ answer: () => answer });
    expect(await clientOf(`${server.url}/graphql`).ask(latestCursor, {})).toEqual(answer.data);
    expect(server.arrived).toEqual([
      { name: 'LatestCursor', token: 'Bearer prs_test', body: { query: latestCursor, variables: {} } },
    ]);
  });

  it('by documentId, from then on, where the server takes known documents only', async () => {
    const documentId = await documentIdOf(latestCursor);
    await using server = await startScriptedServer({
      answer: ({ body }) =>
        body.documentId === documentId
          ? answer
          : { errors: [{ message: 'No.', extensions: { code: 'PERSISTED_DOCUMENT_REQUIRED' } }] },
    });
    const client = clientOf(server.url);
    expect(await client.ask(latestCursor, {})).toEqual(answer.data);
    expect(await client.ask(latestCursor, {})).toEqual(answer.data);
    expect(server.arrived.map(({ body }) => body.documentId)).toEqual([undefined, documentId, documentId]);
  });

  it('and says which refusal came', async () => {
    const errors = [{ message: 'Too much.', extensions: { code: 'RATE_LIMITED', requestId: 'r1' } }];
    await using server = await startScriptedServer({ answer: () => ({ data: null, errors }) });
    const error = await failure(clientOf(server.url).ask(latestCursor, {}));
    expect(error).toBeInstanceOf(ServerRefusedError);
    expect(error).toMatchObject({
      code: 'RATE_LIMITED',
      message: 'Too much.',
      extensions: { code: 'RATE_LIMITED', requestId: 'r1' },
    });
  });

  it('and tells a refused token from an answer that is no GraphQL', async () => {
    let status = 401;
    await using server = await startScriptedServer({ answer: () => ({ status, body: '<html>' }) });
    expect(await failure(clientOf(server.url).ask(latestCursor, {}))).toMatchObject({ code: 'UNAUTHENTICATED' });
    status = 200;
    expect(await failure(clientOf(server.url).ask(latestCursor, {}))).toMatchObject({ code: 'UNEXPECTED_ANSWER' });
  });

  it('and says that nobody answers, without the query of the address', async () => {
    const error = await failure(clientOf('http://127.0.0.1:1/?token=secret').ask(latestCursor, {}));
    expect(error).toBeInstanceOf(NoServerError);
    expect((error as Error).message).toBe('No Prospector server answers at http://127.0.0.1:1.');
  });
});
