import type { Clock } from '../../clock.ts';
import type { SystemService } from '../../services/system/model.ts';
import type { Exchange } from './exchange.ts';
import { sendText } from './reply.ts';

/** How long the database and the secret store have to answer. */
const patienceMs = 5_000;

/** `/healthz` and `/readyz`: a status for whoever asks, never a reason (F118); `Query.system` has those. */
export function createHealth(deps: {
  readonly system: Pick<SystemService, 'isReady'>;
  readonly clock: Pick<Clock, 'after'>;
}) {
  const isReady = async (): Promise<boolean> => {
    let cancel = () => {};
    const late = new Promise<boolean>((resolve) => {
      cancel = deps.clock.after(patienceMs, () => resolve(false));
    });
    try {
      return await Promise.race([deps.system.isReady(), late]);
    } catch {
      return false;
    } finally {
      cancel();
    }
  };
  return {
    alive: ({ res }: Exchange) => sendText(res, 200, 'alive'),
    ready: async ({ res }: Exchange) => {
      if (await isReady()) sendText(res, 200, 'ready');
      else sendText(res, 503, 'not ready');
    },
  };
}
