import { randomBytes } from 'node:crypto';
import { html, type Reply, redirect } from '../reply.ts';
import type { Settings } from '../settings.ts';
import { accountOf, accounts } from './accounts.ts';
import { consentPage, errorPage } from './consent-page.ts';
import type { Tokens } from './tokens.ts';

/** The page a person sees, and what comes of their click. */
export interface AuthorizeEndpoint {
  /** `GET /ab/account-security/oauth2/authorize` (FACTS §2.1). */
  open(query: URLSearchParams): Reply;
  /** The click on Allow or Deny. */
  decide(form: URLSearchParams): Reply;
}

interface Pending {
  redirectUri: string;
  state: string | null;
  challenge: string | undefined;
}

const pageHeaders = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'cache-control': 'no-store',
};

/** Holds what waits for a click. */
export function createAuthorizeEndpoint(clientId: string, settings: Settings, tokens: Tokens): AuthorizeEndpoint {
  const waiting = new Map<string, Pending>();
  const refuse = (message: string) => html(400, errorPage(message), pageHeaders);
  const back = ({ redirectUri, state }: Pending, answer: Record<string, string>) => {
    const target = new URL(redirectUri);
    for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value);
    if (state !== null) target.searchParams.set('state', state);
    return redirect(target.href);
  };
  const allow = (pending: Pending, account: string) =>
    back(pending, {
      code: tokens.issueCode({ account, redirectUri: pending.redirectUri, challenge: pending.challenge }),
    });

  return {
    open: (query) => {
      if (query.get('client_id') !== clientId) return refuse('The client_id is unknown.');
      const redirectUri = query.get('redirect_uri') ?? '';
      if (!isRegistered(redirectUri, settings.redirectUris))
        return refuse('The redirect_uri is not the callback registered on this key.');
      const pending = { redirectUri, state: query.get('state'), challenge: query.get('code_challenge') ?? undefined };
      if (query.has('scope')) return back(pending, { error: 'invalid_scope' });
      if (query.get('response_type') !== 'code') return back(pending, { error: 'unsupported_response_type' });
      if (pending.challenge !== undefined && query.get('code_challenge_method') !== 'S256')
        return back(pending, { error: 'invalid_request', error_description: 'code_challenge_method must be S256' });
      if (settings.autoApprove) return allow(pending, settings.approveAs);
      const request = randomBytes(16).toString('hex');
      waiting.set(request, pending);
      return html(200, consentPage(request, clientId, redirectUri, accounts), pageHeaders);
    },
    decide: (form) => {
      const request = form.get('request') ?? '';
      const pending = waiting.get(request);
      if (!pending) return refuse('This request was answered already. Start again from the application.');
      waiting.delete(request);
      return form.get('decision') === 'allow'
        ? allow(pending, accountOf(form.get('account')).key)
        : back(pending, { error: 'access_denied' });
    },
  };
}

/** Exactly one of the registered ones; with none registered, any http address of this machine. */
function isRegistered(redirectUri: string, registered: readonly string[] | null): boolean {
  if (registered) return registered.includes(redirectUri);
  return (
    URL.canParse(redirectUri) &&
    /^https?:$/.test(new URL(redirectUri).protocol) &&
    isLoopback(new URL(redirectUri).hostname)
  );
}

/** Whether a host name is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
