import type { NextAction, PlatformStatus } from '../../connection/model.ts';
import type { ScanPause, ScanVerdict } from '../model.ts';
import { nothingToDo } from './diagnosis.ts';

/** What a person should do after a scan, or instead of one. `nextScanAt`: when Prospector tries again by itself. */
export function nextActionFor(
  verdict: ScanVerdict,
  { status, pause, nextScanAt }: { status: PlatformStatus; pause: ScanPause | undefined; nextScanAt: Date | undefined },
): NextAction {
  if (pause)
    return {
      kind: 'NONE',
      message: `Scanning is paused (${pause.reason}). It goes on when somebody resumes it.`,
      command: 'ghoststack prospector resume',
    };
  if (verdict === 'AUTH_FAILED' || status.nextAction.kind !== 'NONE') return status.nextAction;
  if (verdict === 'RATE_LIMITED' || verdict === 'UPSTREAM_FAILED' || verdict === 'NOT_RUN')
    return {
      kind: 'WAIT',
      message: nextScanAt ? 'The next scan tries again by itself.' : 'Scan again by hand, or switch scanning on.',
      ...(nextScanAt && { notBefore: nextScanAt.toISOString() }),
    };
  return nothingToDo;
}
