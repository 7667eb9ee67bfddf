import type { Clock } from '../../clock.ts';
import type { AccessService } from '../../services/access/model.ts';
import type { Exchange } from '../http/exchange.ts';
import { isJson, readBody } from '../http/read-body.ts';
import { refuse, sendPage } from '../http/reply.ts';
import { page } from '../pages/pages.ts';
import type { Cookie } from './cookies.ts';
import type { Guesses } from './guesses.ts';
import { refuseGuess } from './turn-away.ts';

/** What logging in needs. */
export interface LoginDeps {
  readonly access: Pick<AccessService, 'openSession' | 'closeSession'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly session: Cookie;
  readonly guesses: Guesses;
}

/** Far more than a code or token needs. */
const bodyBytes = 4_096;

const loginPage = (base: string) =>
  page({
    base,
    title: 'Log in',
    body: `<form method="post" autocomplete="off">
<label for="token">API token</label>
<input id="token" name="token" type="password" required autofocus>
<button>Log in</button>
</form>
<p id="outcome" role="status"></p>
<p class="quiet">The token is in the file <code>owner-token</code> of PROSPECTOR_HOME.
<code>ghoststack prospector open</code> prints a link that logs in by itself.</p>
<noscript><p>Logging in needs JavaScript.</p></noscript>`,
    script: '/assets/login.js',
  });

/**
 * `/login` and `/logout`: a one-time code or a token becomes a session cookie, and its end. Wrong ones are slowed down
 * (F117); a right one always gets in.
 */
export function createLogin({ access, clock, session, guesses }: LoginDeps) {
  async function logIn(exchange: Exchange): Promise<void> {
    const { req, res } = exchange;
    if (!isJson(req))
      return refuse(exchange, 'BAD_USER_INPUT', 'Send `{"code": "…"}` or `{"token": "…"}` as application/json.', {
        status: 415,
      });
    const body = await readBody(req, bodyBytes);
    if (body === undefined)
      return refuse(exchange, 'BAD_USER_INPUT', 'This is too long for a log-in.', { status: 413 });
    const secret = secretOf(body);
    if (secret === undefined)
      return refuse(exchange, 'BAD_USER_INPUT', 'Send either `{"code": "…"}` of a log-in link or `{"token": "…"}`.');
    const opened = access.openSession(secret);
    if (!opened) {
      const wait = await guesses.countWrong(req.socket.remoteAddress, secret);
      if (wait > 0) return refuseGuess(exchange, wait);
      return refuse(
        exchange,
        'UNAUTHENTICATED',
        'This code or token is not valid. A log-in link works once and not for long: ask for a new one with ' +
          '`ghoststack prospector open`.',
        { headers: { 'www-authenticate': 'Bearer realm="Prospector"' } },
      );
    }
    const seconds = (opened.expiresAt.getTime() - clock.now().getTime()) / 1_000;
    res.writeHead(204, { 'set-cookie': session.write(opened.cookie, seconds) }).end();
  }

  return {
    show: ({ res, base }: Exchange) => sendPage(res, 200, loginPage(base)),
    logIn,
    logOut: ({ req, res }: Exchange) => {
      const cookie = session.read(req.headers.cookie);
      if (cookie !== undefined) access.closeSession(cookie);
      res.writeHead(204, { 'set-cookie': session.write('', 0) }).end();
    },
  };
}

/** The one secret in the body, or undefined for anything else. */
function secretOf(body: string): string | undefined {
  try {
    const { code, token, ...rest } = JSON.parse(body) as Record<string, unknown>;
    const secret = code ?? token;
    const isOne = (code === undefined) !== (token === undefined) && Object.keys(rest).length === 0;
    return isOne && typeof secret === 'string' && secret !== '' ? secret : undefined;
  } catch {
    return undefined;
  }
}
