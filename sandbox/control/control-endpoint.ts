import type { ClockChange } from '../clock.ts';
import { json, type Reply } from '../reply.ts';
import type { Settings } from '../settings.ts';
import type { PostingFields } from '../world/posting.ts';
import type { Contract, ContractFields, MilestoneState, ProposalStatus } from '../world/proposal.ts';
import type { Stream } from '../world/world.ts';
import type { Control } from './control.ts';
import type { Fault } from './faults.ts';

interface Asked {
  /** What stands for `:id` and `:milestone` in the path. */
  id: string;
  milestone: string;
  body: Record<string, unknown>;
}

type Route = (control: Control, asked: Asked) => unknown;

const done = { ok: true };

/** Method and path of everything the control port can do; README.md describes each. */
const routes: Record<string, Route> = {
  'GET /clock': (control) => control.setClock({}),
  'POST /clock': (control, { body }) => control.setClock(body as ClockChange),
  'GET /stream': (control) => control.setStream(),
  'POST /stream': (control, { body }) => control.setStream(body as Partial<Stream>),
  'GET /postings': (control) => control.postings(),
  'POST /postings': (control, { body }) => control.post(body as PostingFields),
  'PATCH /postings/:id': (control, { id, body }) => control.edit(id, body as PostingFields),
  'DELETE /postings/:id': (control, { id }) => control.remove(id) ?? done,
  'POST /postings/:id/close': (control, { id }) => control.close(id),
  'POST /postings/:id/renew': (control, { id }) => control.renew(id),
  'POST /burst': (control, { body }) =>
    control.burst(Number(body['count'] ?? 1), (body['fields'] ?? {}) as PostingFields).map(({ id }) => id),
  'GET /proposals': (control) => control.proposals(),
  'POST /postings/:id/apply': (control, { id, body }) => control.apply(id, body),
  'POST /proposals/:id': (control, { id, body }) =>
    control.moveProposal(id, body['status'] as ProposalStatus, body['reason'] as string | undefined),
  'POST /proposals/:id/view': (control, { id }) => control.viewProposal(id),
  'GET /contracts': (control) => control.contracts(),
  'POST /contracts': (control, { body }) => control.addContract(body as ContractFields),
  'POST /contracts/:id': (control, { id, body }) =>
    control.moveContract(id, body['status'] as Contract['status'], body['reason'] as string | undefined),
  'POST /contracts/:id/milestones/:milestone': (control, { id, milestone, body }) =>
    control.moveMilestone(id, milestone, body as { state?: MilestoneState; dueAt?: string | null }),
  'GET /faults': (control) => control.faults(),
  'POST /faults': (control, { body }) => control.fail(body as unknown as Fault) ?? done,
  'DELETE /faults': (control) => control.clearFaults() ?? done,
  'GET /settings': (control) => control.set(),
  'POST /settings': (control, { body }) => control.set(body as Partial<Settings>),
  'POST /tokens/revoke': (control) => control.revokeTokens() ?? done,
  'POST /tokens/expire': (control) => control.expireAccessTokens() ?? done,
  'GET /journal': (control) => control.journal(),
  'DELETE /journal': (control) => control.clearJournal() ?? done,
  'GET /counters': (control) => control.counters(),
  'POST /reset': (control) => control.reset() ?? done,
};

/** Answers one request to the control port: JSON in, JSON out, 400 with `{error}` when it cannot be done. */
export function answerControl(control: Control, method: string, path: string, body: string): Reply {
  if (method === 'GET' && path === '/') return json(200, { routes: Object.keys(routes) });
  for (const [route, run] of Object.entries(routes)) {
    const asked = matchRoute(route, method, path);
    if (!asked) continue;
    try {
      return json(
        200,
        run(control, { ...asked, body: body === '' ? {} : (JSON.parse(body) as Record<string, unknown>) }),
      );
    } catch (error) {
      return json(400, { error: error instanceof Error ? error.message : String(error) });
    }
  }
  return json(404, { error: `There is no ${method} ${path}. GET / lists what there is.` });
}

function matchRoute(route: string, method: string, path: string): Omit<Asked, 'body'> | undefined {
  const [wanted, pattern = ''] = route.split(' ');
  if (wanted !== method) return undefined;
  const expected = pattern.split('/');
  const given = path.split('/');
  if (expected.length !== given.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    if (part.startsWith(':')) found[part.slice(1)] = decodeURIComponent(given[index] ?? '');
    else if (part !== given[index]) return undefined;
  }
  return { id: found['id'] ?? '', milestone: found['milestone'] ?? '' };
}
