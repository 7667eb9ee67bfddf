import { healthShape } from './answers.ts';
import type { VaultClient } from './client.ts';
import { vaultProblems } from './problems.ts';

/** Short, so that a server that hangs is asked again soon enough to be back within 5 s of its recovery. */
const timeoutMs = 3_000;

/**
 * Asks whether this node serves requests: active, or a standby that forwards (429, 473). Needs no token, and never carries a namespace (F46). A
 * proxy may not let the question through: what is neither here nor there counts as yes, the next request will tell.
 *
 * @throws SecretStoreError `sealed`, `uninitialized`, `standby`, `unreachable`, `tls`, `redirected`, `unexpected_response`
 */
export async function demandUnsealed(client: VaultClient): Promise<void> {
  const answer = await client.ask({ method: 'GET', path: 'sys/health', timeoutMs });
  const { status } = answer;
  const health = healthShape.safeParse(answer.body);
  if (status === 501 || (health.success && !health.data.initialized)) throw vaultProblems.uninitialized();
  if (status === 503 || (health.success && health.data.sealed)) throw vaultProblems.sealed();
  if (status === 472) throw vaultProblems.standby();
  if (status >= 500) throw vaultProblems.failing(client.host, status);
  if (status === 200 && !health.success)
    throw vaultProblems.unexpected(client.host, 'a health report of another shape');
}
