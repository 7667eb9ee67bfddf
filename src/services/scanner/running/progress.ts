import type { Database, Lease } from '../../database/model.ts';
import type { EventLog } from '../../events/model.ts';
import { fenced } from '../fence.ts';
import type { ScanLedger } from '../ledger/ledger.ts';
import type { Scan, ScanPhase } from '../model.ts';

/** Tells how far a scan is. */
export interface Progress {
  /** Writes the phase and its event. `percent` never goes back. @throws LeaseLostError */
  report(phase: ScanPhase, percent: number, message?: string): void;
  /** The same inside the caller's transaction, without ringing the bell. */
  append(phase: ScanPhase, percent: number, message?: string): void;
}

/** The progress of one scan. */
export function createProgress(
  { db, events, ledger }: { db: Database; events: EventLog; ledger: Pick<ScanLedger, 'setPhase'> },
  scan: Pick<Scan, 'id' | 'seq'>,
  lease: Lease,
): Progress {
  let reached = 0;
  const append: Progress['append'] = (phase, percent, message) => {
    reached = Math.min(100, Math.max(reached, Math.round(percent)));
    ledger.setPhase(scan.seq, phase);
    events.append({
      type: 'SCAN_PROGRESS',
      subjectId: scan.id,
      phase,
      percent: reached,
      ...(message !== undefined && { message }),
    });
  };
  return {
    append,
    report: (phase, percent, message) => {
      fenced(db, lease, () => append(phase, percent, message));
      events.announce();
    },
  };
}
