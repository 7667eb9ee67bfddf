import type { ClockChange } from '../../clock.ts';
import type { TokenWish } from '../auth/token.ts';
import { json, type Reply } from '../http/reply.ts';
import type { Tls } from '../http/tls.ts';
import type { Settings } from '../settings.ts';
import type { Role } from '../sys/seal.ts';
import type { Control } from './control.ts';
import type { Fault } from './faults.ts';

type Body = Record<string, unknown>;

const done = { ok: true };

/** Method and path of everything the control port can do; README.md describes each. */
const routes: Record<string, (control: Control, body: Body) => unknown> = {
  'GET /clock': (control) => control.setClock({}),
  'POST /clock': (control, body) => control.setClock(body as ClockChange),
  'GET /state': (control) => control.state(),
  'POST /seal': (control) => control.seal(),
  'POST /unseal': (control) => control.unseal(),
  'POST /role': (control, body) => control.setRole(body['role'] as Role),
  'POST /uninitialize': (control) => control.uninitialize(),
  'GET /settings': (control) => control.set(),
  'POST /settings': (control, body) => control.set(body as Partial<Settings>),
  'GET /faults': (control) => control.faults(),
  'POST /faults': (control, body) => control.fail(body as unknown as Fault) ?? done,
  'DELETE /faults': (control) => control.clearFaults() ?? done,
  'POST /tls': (control, body) => control.swapTls(body as unknown as Tls) ?? done,
  'GET /journal': (control) => control.journal(),
  'DELETE /journal': (control) => control.clearJournal() ?? done,
  'GET /strays': (control) => control.strays(),
  'POST /policies': (control, body) => control.writePolicy(String(body['name']), String(body['text'])) ?? done,
  'POST /tokens': (control, body) => control.issueToken(body as unknown as TokenWish),
  'POST /tokens/revoke': (control, body) => ({ revoked: control.revokeToken(String(body['token'])) }),
  'POST /tokens/revoke-all': (control) => control.revokeAllTokens() ?? done,
  'POST /roles': (control, body) => control.addRole(String(body['name']), (body['role'] ?? {}) as Body),
  'POST /mounts': (control, body) =>
    control.mount(String(body['path']), String(body['type']), body['options'] as Record<string, string> | undefined) ??
    done,
};

/** Answers one request to the control port: JSON in, JSON out, 400 with `{error}` when it cannot be done. */
export function answerControl(control: Control, method: string, path: string, body: string): Reply {
  if (method === 'GET' && path === '/') return json(200, { routes: Object.keys(routes) });
  const run = routes[`${method} ${path}`];
  if (!run) return json(404, { error: `There is no ${method} ${path}. GET / lists what there is.` });
  try {
    return json(200, run(control, body === '' ? {} : (JSON.parse(body) as Body)));
  } catch (error) {
    return json(400, { error: error instanceof Error ? error.message : String(error) });
  }
}
