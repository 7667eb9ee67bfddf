import { expect, it } from 'vitest';
import { connectUpwork, consent, redirectUri } from './rig.ts';

it('Prospector connects to the sandbox with PKCE, refreshes with rotation, and revokes', async () => {
  await using upwork = await connectUpwork();
  const { sandbox, oauth, grant } = upwork;
  const credentials = { clientId: sandbox.clientId, clientSecret: sandbox.clientSecret };
  expect(grant).toEqual({
    accessToken: expect.stringMatching(/^oauth2v2_/),
    refreshToken: expect.stringMatching(/^oauth2v2_/),
    expiresInMs: 86_400_000,
    serverDate: expect.any(Date),
  });
  const next = await oauth.refresh(credentials, String(grant.refreshToken));
  expect(next.refreshToken).not.toBe(grant.refreshToken);
  expect(await oauth.revoke(credentials, String(next.refreshToken))).toBe(true);
  await expect(oauth.refresh(credentials, String(next.refreshToken))).rejects.toMatchObject({
    kind: 'invalid_grant',
    oauthErrorDescription: 'Refresh token is expired or revoked or not registered',
  });
});

it('Prospector exchanges a code with the verifier of RFC 7636 appendix B, and not with another', async () => {
  await using upwork = await connectUpwork();
  const { sandbox, oauth } = upwork;
  const { clientId, clientSecret } = sandbox;
  const exchangeWith = async (codeVerifier: string) => {
    const url = new URL(sandbox.authorizeUrl);
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      state: 's',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    }).toString();
    const callback = await consent(url.href);
    return oauth.exchange({ credentials: { clientId, clientSecret }, callback, redirectUri, state: 's', codeVerifier });
  };
  expect(await exchangeWith('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toMatchObject({ expiresInMs: 86_400_000 });
  await expect(exchangeWith('x'.repeat(43))).rejects.toMatchObject({ kind: 'invalid_grant' });
});

it('Prospector tells a wrong secret, a wrong Client ID, an outage, a limit and a lost answer apart', async () => {
  await using upwork = await connectUpwork();
  const { sandbox, oauth, grant } = upwork;
  const right = { clientId: sandbox.clientId, clientSecret: sandbox.clientSecret };
  const refresh = (credentials = right) =>
    oauth.refresh(credentials, String(grant.refreshToken)).catch((error: unknown) => error);
  expect(await refresh({ ...right, clientSecret: 'wrong' })).toMatchObject({
    kind: 'invalid_client',
    httpStatus: 401,
    oauthError: 'invalid_client',
  });
  expect(await refresh({ ...right, clientId: 'wrong' })).toMatchObject({ kind: 'invalid_client', httpStatus: 400 });
  const { control } = sandbox;
  control.fail({ target: 'token', kind: 'html' });
  expect(await refresh()).toMatchObject({ kind: 'transient', httpStatus: 502 });
  control.fail({ target: 'token', kind: 'retry-after', value: '30' });
  expect(await refresh()).toMatchObject({ kind: 'transient', httpStatus: 429, retryAfterMs: 30_000 });
  control.fail({ target: 'token', kind: 'challenge' });
  expect(await refresh()).toMatchObject({ kind: 'transient', httpStatus: 403 });
  control.fail({ target: 'token', kind: 'reset-after' });
  expect(await refresh()).toMatchObject({ kind: 'ambiguous' });
  control.fail({ target: 'token', kind: 'truncate' });
  expect(await refresh()).toMatchObject({ kind: 'ambiguous', httpStatus: 200 });
  control.fail({ target: 'token', kind: 'truncate', drop: true });
  expect(await refresh()).toMatchObject({ kind: 'ambiguous', httpStatus: 200 });
  expect(await refresh(), 'the old refresh token still works').toMatchObject({ expiresInMs: 86_400_000 });
  await sandbox.close();
  expect(await refresh()).toMatchObject({ kind: 'transient' });
});
