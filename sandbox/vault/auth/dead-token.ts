import { listed } from '../http/outcome.ts';
import type { Settings } from '../settings.ts';

/** The text of the 403 a token gets that is missing, wrong, expired or revoked. A client's re-login hangs on it: RELIABILITY §5, F36. */
export function deadToken({ dialect }: Settings): string {
  return dialect === 'vault' ? listed('permission denied', 'invalid token') : 'permission denied';
}
