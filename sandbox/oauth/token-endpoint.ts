import { json, type Reply } from '../reply.ts';
import type { Tokens } from './tokens.ts';

/** The API key the sandbox knows. */
export interface ApiKey {
  clientId: string;
  clientSecret: string;
}

const refuse = (
  status: number,
  error: string,
  error_description: string,
  headers: Record<string, string> = {},
): Reply => json(status, { error, error_description }, { 'cache-control': 'no-store', ...headers });

/** `POST /api/v3/oauth2/token` (FACTS §2.3, §2.4), with the exact refusals that are known. */
export function answerTokenRequest(
  form: URLSearchParams,
  authorization: string | undefined,
  key: ApiKey,
  tokens: Tokens,
): Reply {
  const grant = form.get('grant_type');
  const basic = readBasic(authorization);
  // Even with Basic a refresh needs client_id in the body: upwork/node-upwork-oauth2 issue 29.
  const clientId = form.get('client_id') ?? (grant === 'authorization_code' ? basic?.id : undefined);
  if (!clientId) return refuse(400, 'invalid_request', 'Missing parameters: client_id');
  if (clientId !== key.clientId) return refuse(400, 'invalid_request', 'Invalid client_id parameter value');
  if ((form.get('client_secret') ?? basic?.secret) !== key.clientSecret)
    return refuse(401, 'invalid_client', 'Client authentication failed', {
      'www-authenticate': 'Basic realm="Upwork"',
    });
  if (grant === 'authorization_code') return exchange(form, tokens);
  if (grant === 'refresh_token') {
    const token = form.get('refresh_token');
    if (!token) return refuse(400, 'invalid_request', 'Missing parameters: refresh_token');
    const answer = tokens.refresh(token);
    return answer
      ? granted(answer)
      : refuse(400, 'invalid_grant', 'Refresh token is expired or revoked or not registered');
  }
  if (grant === 'client_credentials')
    return refuse(400, 'unauthorized_client', 'Client credentials are for enterprise accounts only');
  return refuse(400, 'unsupported_grant_type', 'This grant type is not supported');
}

/** `POST /api/v3/oauth2/token/revoke`; 200 whatever the token was (RFC 7009 §2.2). Use with ordinary keys is unknown. */
export function answerRevocation(form: URLSearchParams, key: ApiKey, tokens: Tokens): Reply {
  if (form.get('client_id') !== key.clientId) return refuse(400, 'invalid_request', 'Missing parameters: client_id');
  tokens.revoke(form.get('token') ?? '');
  return json(200, {});
}

function exchange(form: URLSearchParams, tokens: Tokens): Reply {
  const missing = ['code', 'redirect_uri'].filter((name) => !form.get(name));
  if (missing.length > 0) return refuse(400, 'invalid_request', `Missing parameters: ${missing.join(', ')}`);
  const answer = tokens.exchange(
    form.get('code') ?? '',
    form.get('redirect_uri') ?? '',
    form.get('code_verifier') ?? undefined,
  );
  return answer
    ? granted(answer)
    : refuse(400, 'invalid_grant', 'Authorization code is expired, used or not registered');
}

function granted(answer: object): Reply {
  return json(200, answer, { 'cache-control': 'no-store', pragma: 'no-cache' });
}

function readBasic(authorization: string | undefined): { id: string; secret: string } | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1];
  if (!encoded) return undefined;
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString().split(':');
  return { id: decodeURIComponent(id), secret: decodeURIComponent(secret.join(':')) };
}
