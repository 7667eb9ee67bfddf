import type { Scan, ScanPhase } from '../../services/scanner/model.ts';
import { builder } from '../builder.ts';
import { type Envelope, EventRef } from '../events/event.ts';
import { ScanRef } from './scan.ts';
import { ScanPhaseRef } from './scan-enums.ts';

export type ScanProgress = Envelope<'SCAN_PROGRESS'> & {
  readonly scan: Scan;
  readonly phase: ScanPhase;
  readonly percent: number;
  readonly message?: string;
};

export const ScanProgressEventRef = builder.objectRef<ScanProgress>('ScanProgressEvent').implement({
  description: 'A scan went on or ended.',
  interfaces: [EventRef],
  fields: (t) => ({
    scan: t.expose('scan', { type: ScanRef, description: 'The scan, as it is now.' }),
    phase: t.expose('phase', { type: ScanPhaseRef, description: 'What it was doing then.' }),
    percent: t.exposeInt('percent', { description: '0–100.' }),
    message: t.exposeString('message', { nullable: true, description: 'For people.' }),
  }),
});
