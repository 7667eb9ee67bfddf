import type { ConnectionFlow, ConnectionService } from '../../services/connection/model.ts';
import type { Cookie } from '../access/access.ts';
import { withoutBase } from '../http/base-path.ts';
import type { Exchange } from '../http/exchange.ts';
import { sendPage } from '../http/reply.ts';
import { escapeHtml, page } from './page.ts';

type Outcome = Awaited<ReturnType<ConnectionService['complete']>>;

/** Failures that mean the redirect itself was not one we wait for (F1). */
const badRedirects: readonly string[] = ['STATE_MISMATCH', 'FLOW_EXPIRED'];

const titles: Readonly<Record<ConnectionFlow['status'], string>> = {
  PENDING: 'Upwork is not connected yet',
  EXCHANGING: 'Upwork is being connected',
  COMPLETED: 'Upwork is connected',
  DENIED: 'Upwork was not connected: access was denied',
  FAILED: 'Upwork could not be connected',
  EXPIRED: 'This attempt to connect is too old',
  CANCELLED: 'This attempt to connect was cancelled',
};

/**
 * Where Upwork sends the browser back to. Always a page and never a redirect, so that the cookies of a stricter kind
 * are there with the next click; nothing Upwork sent is shown unescaped (F4).
 */
export function createOauthCallback(deps: {
  readonly connection: Pick<ConnectionService, 'complete'>;
  readonly flowCookie: Cookie;
}) {
  return async ({ req, res, base, query }: Exchange): Promise<void> => {
    const outcome = await deps.connection.complete(query, deps.flowCookie.read(req.headers.cookie));
    sendPage(res, isBadRedirect(outcome) ? 400 : 200, callbackPage(outcome, base));
  };
}

function isBadRedirect({ flow, failure }: Outcome): boolean {
  const code = (failure ?? flow?.failure)?.code;
  return flow === undefined || (code !== undefined && badRedirects.includes(code));
}

function callbackPage({ flow, failure = flow?.failure, returnTo }: Outcome, base: string): string {
  const said = failure && 'oauthErrorDescription' in failure ? failure.oauthErrorDescription : undefined;
  const next =
    flow?.status === 'COMPLETED'
      ? 'Prospector scans for postings from now on. You can close this page.'
      : (failure?.message ?? 'Start again with <code>ghoststack prospector connect upwork</code>.');
  const body = [
    `<p>${failure ? escapeHtml(next) : next}</p>`,
    ...(said ? [`<p class="quiet">Upwork said: ${escapeHtml(said)}</p>`] : []),
    `<p><a href="${escapeHtml(`${base}${withoutBase(localPath(returnTo), base)}`)}">Go to Prospector</a></p>`,
  ].join('\n');
  const title = flow ? titles[flow.status] : 'This is no attempt to connect that we know';
  return page({ base, title, body, script: '/assets/callback.js' });
}

/** A path of ours, whatever a flow was started with (F126). */
function localPath(path: string | undefined): string {
  return path !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(path) && !path.includes('\\') ? path : '/';
}
