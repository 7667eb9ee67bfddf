import type { ConnectionService } from '../../connection/model.ts';
import type { ScanLedger } from '../ledger/ledger.ts';
import type { ScanDiagnosis } from '../model.ts';
import { nothingAsked, sayWhatToLookFor, type Wanted } from '../nothing-asked.ts';
import type { Scheduler } from '../schedule/schedule.ts';
import type { ScheduleStore } from '../schedule-state.ts';
import { diagnoseAbsence } from './diagnosis.ts';
import { nextActionFor } from './next-action.ts';

/** What explaining needs. */
export interface LatestDiagnosisDeps {
  readonly connection: Pick<ConnectionService, 'status'>;
  readonly ledger: ScanLedger;
  readonly schedule: ScheduleStore;
  readonly wanted: Wanted;
  readonly scheduler: Pick<Scheduler, 'nextScanAt'>;
}

/** Makes what explains the last scan that has ended, or why there is none; what to do is said as of now. */
export function createLatestDiagnosis({
  connection,
  ledger,
  schedule,
  wanted,
  scheduler,
}: LatestDiagnosisDeps): () => ScanDiagnosis {
  return () => {
    const status = connection.status();
    const circumstances = { status, pause: schedule.read().pause, nextScanAt: scheduler.nextScanAt() };
    if (wanted.isNothing()) return diagnoseAbsence('NOT_RUN', nothingAsked, sayWhatToLookFor);
    const ended = ledger.latestEnded();
    const diagnosis = ended && ledger.diagnosis(ended.id);
    if (diagnosis) return { ...diagnosis, nextAction: nextActionFor(diagnosis.verdict, circumstances) };
    const summary = ledger.unfinished()
      ? 'The first scan is running.'
      : circumstances.nextScanAt
        ? 'No scan has run yet; the first one is due.'
        : `No scan has run yet. ${circumstances.pause ? 'Scanning is paused.' : status.message}`;
    return diagnoseAbsence('NOT_RUN', summary, nextActionFor('NOT_RUN', circumstances));
  };
}
