import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { authorize, callback, exchange, refresh, tokenRequest, visit } from './visitor.ts';

const day = 86_400_000;
const dead = {
  status: 400,
  body: { error: 'invalid_grant', error_description: 'Refresh token is expired or revoked or not registered' },
};

it('the sandbox gives a code with the state, and tokens for it once (FACTS §2.1, §2.3)', async () => {
  await using visitor = await visit();
  const { sandbox } = visitor;
  const redirect = await authorize(sandbox);
  expect(redirect.get('state')).toBe('a-state');
  const first = await exchange(sandbox, redirect);
  expect(first).toEqual({
    status: 200,
    body: {
      access_token: expect.stringMatching(/^oauth2v2_/),
      refresh_token: expect.stringMatching(/^oauth2v2_/),
      token_type: 'Bearer',
      expires_in: 86_400,
    },
  });
  expect(await exchange(sandbox, redirect)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});

it('the sandbox refuses a scope, as Upwork does (FACTS §2.1)', async () => {
  await using visitor = await visit();
  const redirect = await authorize(visitor.sandbox, { scope: 'openid' });
  expect(Object.fromEntries(redirect)).toMatchObject({ error: 'invalid_scope', state: 'a-state' });
});

it('the sandbox holds a challenge against its verifier (RFC 7636 §4.6)', async () => {
  await using visitor = await visit();
  const { sandbox } = visitor;
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  const challenge = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };
  expect(createHash('sha256').update(verifier).digest('base64url')).toBe(challenge.code_challenge);
  const wrong = await exchange(sandbox, await authorize(sandbox, challenge), { code_verifier: `${verifier}x` });
  expect(wrong).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  const right = await exchange(sandbox, await authorize(sandbox, challenge), { code_verifier: verifier });
  expect(right.status).toBe(200);
});

it('the sandbox wants credentials in the body, and says exactly what Upwork says without them (FACTS §2.3)', async () => {
  await using visitor = await visit();
  const { sandbox } = visitor;
  const { body } = await visitor.signIn();
  const basic = `Basic ${Buffer.from(`${sandbox.clientId}:${sandbox.clientSecret}`).toString('base64')}`;
  const form = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) };
  expect(await tokenRequest(sandbox, form, { authorization: basic })).toEqual({
    status: 400,
    body: { error: 'invalid_request', error_description: 'Missing parameters: client_id' },
  });
  const wrong = await refresh(sandbox, body.refresh_token, { client_secret: 'not-it' });
  expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
});

it('the sandbox lets an old refresh token live 24 h after it was used, and no longer (FACTS §2.4)', async () => {
  await using visitor = await visit();
  const { sandbox } = visitor;
  const { body: first } = await visitor.signIn();
  const { body: second } = await refresh(sandbox, first.refresh_token);
  expect(second.refresh_token).not.toBe(first.refresh_token);
  sandbox.control.setClock({ advanceMs: day - 60_000 });
  expect((await refresh(sandbox, first.refresh_token)).status).toBe(200);
  sandbox.control.setClock({ advanceMs: 120_000 });
  expect(await refresh(sandbox, first.refresh_token)).toEqual(dead);
  sandbox.control.setClock({ advanceMs: 14 * day });
  expect(await refresh(sandbox, second.refresh_token)).toEqual(dead);
});

it('the sandbox rotates strictly, or not at all, where it is told to', async () => {
  await using visitor = await visit();
  const { sandbox } = visitor;
  sandbox.control.set({ rotation: 'none' });
  const { body: steady } = await visitor.signIn();
  const again = await refresh(sandbox, steady.refresh_token);
  expect(again.body).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 86_400 });
  sandbox.control.set({ rotation: 'strict' });
  const { body: first } = await visitor.signIn();
  const { body: second } = await refresh(sandbox, first.refresh_token);
  expect(await refresh(sandbox, first.refresh_token)).toEqual(dead);
  expect(await refresh(sandbox, second.refresh_token)).toEqual(dead);
});

it('the sandbox ends both tokens at once when the person revokes, and when the scopes of the key change (FACTS §2.5)', async () => {
  await using visitor = await visit();
  const { sandbox } = visitor;
  for (const end of [
    () => sandbox.control.revokeTokens(),
    () => void sandbox.control.set({ scopes: ['pub-commons:read:all'] }),
  ]) {
    const { body } = await visitor.signIn();
    end();
    expect(await visitor.ask('{ user { id } }')).toEqual({ status: 401, body: { message: 'Authentication failed' } });
    expect(await refresh(sandbox, body.refresh_token)).toEqual(dead);
  }
});

it('the sandbox asks the person on a page, and takes No for an answer', async () => {
  await using visitor = await visit({ autoApprove: false });
  const { sandbox } = visitor;
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: sandbox.clientId,
    redirect_uri: callback,
    state: 's"><script>',
  });
  const page = await (await fetch(`${sandbox.authorizeUrl}?${query}`)).text();
  expect(page).not.toContain('<script>');
  const request = /name="request" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const reply = await fetch(sandbox.authorizeUrl.replace(/authorize$/, 'consent'), {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ request, account: 'jane', decision: 'deny' }),
  });
  const back = new URL(reply.headers.get('location') ?? '').searchParams;
  expect(Object.fromEntries(back)).toMatchObject({ error: 'access_denied', state: 's"><script>' });
});
