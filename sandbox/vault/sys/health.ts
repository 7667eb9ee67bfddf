import { errors, json, type Reply } from '../http/reply.ts';
import type { Server } from '../server.ts';
import type { Seal } from './seal.ts';

type Code = 'active' | 'standby' | 'dr' | 'perf' | 'sealed' | 'uninit';

const parameters: Record<Code, { name: string; code: number }> = {
  active: { name: 'activecode', code: 200 },
  standby: { name: 'standbycode', code: 429 },
  dr: { name: 'drsecondarycode', code: 472 },
  perf: { name: 'performancestandbycode', code: 473 },
  sealed: { name: 'sealedcode', code: 503 },
  uninit: { name: 'uninitcode', code: 501 },
};

/** `sys/health`: the state as a status code, which the query may choose (RELIABILITY §5). */
export function health({ seal, settings, clock, clusterId }: Server, query: URLSearchParams): Reply {
  const code = codeOf(seal, query);
  if (code === undefined) return errors(400);
  const isOpen = !seal.sealed;
  return json(code, {
    initialized: seal.initialized,
    sealed: seal.sealed,
    standby: !isOpen || seal.role === 'standby' || seal.role === 'perf',
    ...(settings.dialect === 'vault' && { performance_standby: isOpen && seal.role === 'perf' }),
    replication_performance_mode: isOpen ? 'disabled' : 'unknown',
    replication_dr_mode: isOpen ? (seal.role === 'dr' ? 'secondary' : 'disabled') : 'unknown',
    server_time_utc: Math.floor(clock.now() / 1000),
    version: settings.version,
    ...(isOpen && { cluster_name: `vault-cluster-${clusterId.slice(0, 8)}`, cluster_id: clusterId }),
  });
}

/** Undefined when any of the parameters cannot be read, even one that does not matter now. */
function codeOf(seal: Seal, query: URLSearchParams): number | undefined {
  const standbyOk = readFlag(query.get('standbyok'));
  const perfStandbyOk = readFlag(query.get('perfstandbyok'));
  if (standbyOk === undefined || perfStandbyOk === undefined) return undefined;
  for (const { name } of Object.values(parameters)) if (!/^\d+$/.test(query.get(name) ?? '0')) return undefined;
  const state = stateOf(seal);
  const isFine = (state === 'standby' && standbyOk) || (state === 'perf' && perfStandbyOk);
  const { name, code } = parameters[isFine ? 'active' : state];
  return Number(query.get(name) ?? code);
}

function stateOf(seal: Seal): Code {
  if (!seal.initialized) return 'uninit';
  return seal.sealed ? 'sealed' : seal.role;
}

function readFlag(text: string | null): boolean | undefined {
  if (text === null || /^(?:0|f|false)$/i.test(text)) return false;
  // The parameter without a value counts as set.
  return /^(?:|1|t|true)$/i.test(text) ? true : undefined;
}
