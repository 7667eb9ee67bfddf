import { authOf } from '../auth/auth.ts';
import { isWithin } from '../auth/cidr.ts';
import { type Call, textOf } from '../call.ts';
import { failed, type Outcome, refused } from '../http/outcome.ts';
import type { AppRoleSeat } from './approle.ts';
import type { RoleEntry, SecretId } from './approle-role.ts';

/** Wrong secret_ids that lock a role, and for how long. */
const failuresAtMost = 5;
const lockedFor = 15 * 60_000;

/** `POST auth/approle/login` (RELIABILITY §5). */
export function login(
  seat: AppRoleSeat,
  roles: ReadonlyMap<string, RoleEntry>,
  { body, remoteAddress }: Call,
): Outcome {
  const roleId = textOf(body['role_id']);
  // With lockout on, the server asks the engine whose login it is before it lets the engine judge it.
  if (roleId === '')
    return seat.settings.userLockout
      ? failed(500, 'failed to determine alias name from login request')
      : refused('missing role_id');
  const entry = [...roles.values()].find((one) => one.roleId === roleId);
  if (!entry) return refused('invalid role or secret ID');
  if (isLocked(seat, entry)) return failed(403, 'permission denied');
  const { role } = entry;
  let metadata: Record<string, string> = {};
  if (role.bind_secret_id) {
    const secretId = textOf(body['secret_id']);
    if (secretId === '') return refused('missing secret_id');
    const found = alive(seat, entry, secretId);
    if (!found) {
      countFailure(seat, entry);
      return refused('invalid role or secret ID');
    }
    const text = spend(entry, secretId, found, remoteAddress);
    if (text !== undefined) return refused(text);
    metadata = found.metadata;
  }
  if (!isWithin(remoteAddress, role.secret_id_bound_cidrs))
    return refused(`source address "${remoteAddress}" unauthorized by CIDR restrictions on the role: %!w(<nil>)`);
  entry.failures.count = 0;
  return give(seat, entry, metadata);
}

function isLocked({ now, settings }: AppRoleSeat, { failures }: RoleEntry): boolean {
  if (now() - failures.lastAt >= lockedFor) failures.count = 0;
  return settings.userLockout && failures.count >= failuresAtMost;
}

function countFailure({ now }: AppRoleSeat, { failures }: RoleEntry): void {
  failures.count += 1;
  failures.lastAt = now();
}

function alive({ now }: AppRoleSeat, { secretIds }: RoleEntry, id: string): SecretId | undefined {
  const found = secretIds.get(id);
  if (!found || found.expiresAt === null || found.expiresAt > now()) return found;
  secretIds.delete(id);
  return undefined;
}

/** Uses up one use; the text of a refusal by network. A limited secret_id is spent even then. */
function spend(entry: RoleEntry, id: string, found: SecretId, from: string): string | undefined {
  const limited = found.uses > 0;
  if (found.uses === 1) entry.secretIds.delete(id);
  else if (limited) found.uses -= 1;
  if (isWithin(from, found.cidrs)) return undefined;
  return limited
    ? `source address "${from}" unauthorized by CIDR restrictions on the secret ID: %!w(<nil>)`
    : `source address "${from}" unauthorized through CIDR restrictions on the secret ID`;
}

function give(seat: AppRoleSeat, { name, role, roleId }: RoleEntry, metadata: Record<string, string>): Outcome {
  const policies = role.token_no_default_policy ? role.token_policies : ['default', ...role.token_policies];
  const { token, warnings } = seat.tokens.issue({
    type: role.token_type === 'batch' ? 'batch' : 'service',
    namespace: seat.namespace,
    policies,
    path: `${seat.mountPath}login`,
    displayName: 'approle',
    meta: { ...metadata, role_name: name },
    entityId: entityOf(roleId),
    ttl: role.token_ttl,
    maxTtl: role.token_max_ttl,
    explicitMaxTtl: role.token_explicit_max_ttl,
    period: role.token_period,
    numUses: role.token_num_uses,
    boundCidrs: role.token_bound_cidrs,
  });
  return { kind: 'auth', auth: authOf(token, token.creationTtl), ...(warnings.length > 0 && { warnings }) };
}

/** Every login of a role is the same entity; here it is recognisable instead of remembered. */
function entityOf(roleId: string): string {
  return Buffer.from(roleId)
    .toString('hex')
    .padEnd(32, '0')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
