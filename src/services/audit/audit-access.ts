import type { Clock } from '../../clock.ts';
import type { AccessService } from '../access/model.ts';
import type { AuditTrail } from './model.ts';

const stranger = { kind: 'DASHBOARD', name: 'unknown' } as const;
const stepMs = 60_000;

/**
 * The same service, with log-ins and log-outs of browsers written into the audit trail. Log-ins that were refused make one entry a minute, with how
 * many there were since the last entry: whoever guesses cannot fill the trail.
 */
export function recordAccess(
  access: AccessService,
  audit: Pick<AuditTrail, 'recordDone'>,
  clock: Pick<Clock, 'now'>,
): AccessService {
  let refused = 0;
  let toldAt = Number.NEGATIVE_INFINITY;

  const noteRefusal = () => {
    refused += 1;
    const now = clock.now().getTime();
    if (now - toldAt < stepMs) return;
    audit.recordDone({ actor: stranger, action: 'session.opened', outcome: 'refused', details: { attempts: refused } });
    refused = 0;
    toldAt = now;
  };
  const note = (cookie: string, action: string) => {
    const viewer = access.bySession(cookie);
    if (!viewer) return;
    const { actor, apiToken } = viewer;
    audit.recordDone({ actor, action, outcome: 'done', details: {}, subjectId: apiToken.id });
  };

  return {
    ...access,
    openSession: (secret) => {
      const opened = access.openSession(secret);
      if (opened) note(opened.cookie, 'session.opened');
      else noteRefusal();
      return opened;
    },
    closeSession: (cookie) => {
      note(cookie, 'session.closed');
      access.closeSession(cookie);
    },
  };
}
