import type { PlatformStatus } from '../../services/connection/model.ts';
import type { ScanPreferences } from '../../services/preferences/model.ts';
import type { Scan } from '../../services/scanner/model.ts';
import { PlatformStatusRef } from '../connection/platform-status.ts';
import { payloadType } from '../payload.ts';
import { ScanPreferencesRef } from '../preferences/preferences.ts';
import { ScanRef } from './scan.ts';

export const UpdateScanPreferencesPayloadRef = payloadType<{
  readonly scanPreferences: ScanPreferences;
  readonly matching: { readonly count: number; readonly since: Date };
}>(
  'UpdateScanPreferencesPayload',
  'The preferences after the change, or as they would be.',
  (t) => ({
    scanPreferences: t.expose('scanPreferences', {
      type: ScanPreferencesRef,
      nullable: true,
      description: 'The preferences; with `dryRun` as they would be.',
    }),
    matchingJobs: t.int({
      nullable: true,
      description:
        'How many stored jobs the new criteria match, posted since `matchingJobsSince`: as far back as content is kept.',
      resolve: ({ matching }) => matching?.count,
    }),
    matchingJobsSince: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'How far back that count looks.',
      resolve: ({ matching }) => matching?.since,
    }),
  }),
  { warns: true },
);

export const ScanningPayloadRef = payloadType<{
  readonly platformStatus: PlatformStatus;
  readonly scanPreferences: ScanPreferences;
}>('ScanningPayload', 'Whether and how it is scanned now.', (t) => ({
  platformStatus: t.expose('platformStatus', {
    type: PlatformStatusRef,
    nullable: true,
    description: 'The connection as it is now, `paused` included.',
  }),
  scanPreferences: t.expose('scanPreferences', {
    type: ScanPreferencesRef,
    nullable: true,
    description: 'The preferences, unchanged.',
  }),
}));

export const RunScanPayloadRef = payloadType<{ readonly scan: Scan; readonly joined: boolean }>(
  'RunScanPayload',
  'The scan that runs now.',
  (t) => ({
    scan: t.expose('scan', { type: ScanRef, nullable: true, description: 'The scan; follow it with `scanProgress`.' }),
    joined: t.boolean({
      description: 'True when an already running scan was returned.',
      resolve: ({ joined }) => joined ?? false,
    }),
  }),
  { warns: true },
);

export const CancelScanPayloadRef = payloadType<{ readonly scan: Scan }>(
  'CancelScanPayload',
  'The scan that was asked to stop.',
  (t) => ({
    scan: t.expose('scan', { type: ScanRef, nullable: true, description: 'The scan.' }),
  }),
);
