import { uuid } from '../ids.ts';
import type { Settings } from '../settings.ts';
import type { Auth, Outcome } from './outcome.ts';
import { empty, errors, json, type Reply } from './reply.ts';

/** What an envelope may carry; what is absent is null. */
interface Contents {
  data?: unknown;
  auth?: Auth;
  warnings?: string[];
  wrapInfo?: Record<string, unknown>;
  /** Of the mount that answers; empty on logins. */
  mountType?: string;
}

/** The key set of every logical answer (RELIABILITY §5). Newer Vaults append the type of the mount. */
export function envelope(contents: Contents, settings: Settings): Record<string, unknown> {
  return {
    request_id: uuid(),
    lease_id: '',
    renewable: false,
    lease_duration: 0,
    data: contents.data ?? null,
    wrap_info: contents.wrapInfo ?? null,
    warnings: contents.warnings ?? null,
    auth: contents.auth ?? null,
    ...(settings.dialect === 'vault' && { mount_type: contents.mountType ?? '' }),
  };
}

/** An outcome as it goes over the wire. `wrap` puts a success away and tells what `wrap_info` says. */
export function render(
  outcome: Outcome,
  mountType: string,
  settings: Settings,
  wrap: ((body: string, accessor: string | undefined) => Record<string, unknown>) | undefined,
): Reply {
  switch (outcome.kind) {
    case 'nothing':
      return outcome.warnings ? json(200, envelope({ warnings: outcome.warnings, mountType }, settings)) : empty(204);
    case 'nothing-there':
      return empty(404);
    case 'errors':
      return errors(outcome.status, ...outcome.errors);
    case 'envelope':
      return { ...json(200, null), body: outcome.body };
    case 'wrapped':
      return json(200, envelope({ wrapInfo: outcome.info }, settings));
    default: {
      const auth = outcome.kind === 'auth' ? outcome.auth : undefined;
      const contents: Contents = {
        ...(outcome.kind === 'content' && { data: outcome.content }),
        ...(auth && { auth }),
        ...(outcome.warnings && { warnings: outcome.warnings }),
        mountType: auth && mountType !== 'token' ? '' : mountType,
      };
      const reply = json(outcome.kind === 'content' ? (outcome.status ?? 200) : 200, envelope(contents, settings));
      if (!wrap || reply.status !== 200) return reply;
      return json(200, envelope({ wrapInfo: wrap(reply.body, auth?.accessor) }, settings));
    }
  }
}
