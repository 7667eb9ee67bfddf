import { builder } from '../builder.ts';
import { PlatformRef, platform } from '../connection/platform.ts';
import { JobCriteriaInputRef } from '../criteria/criteria.ts';
import { DateTimeRangeInputRef } from '../criteria/ranges.ts';
import { OrderDirectionRef } from '../order-direction.ts';
import { ScanOrderFieldRef, ScanStatusRef, ScanTriggerRef } from './scan-enums.ts';

/* What is taken where the argument is left out; whole, see connection-inputs.ts. */
export const runDefaults = { platform, dryRun: false };
export const pauseDefaults = { platform, reason: 'Paused by hand' };
export const resumeDefaults = { platform };

export const ScanFilterRef = builder.inputType('ScanFilter', {
  description: 'All set fields must hold.',
  fields: (t) => ({
    statuses: t.field({ type: [ScanStatusRef], description: 'In one of these states.' }),
    triggers: t.field({ type: [ScanTriggerRef], description: 'Started for one of these reasons.' }),
    queuedAt: t.field({ type: DateTimeRangeInputRef, description: 'Queued in this stretch of time.' }),
    dryRuns: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Also dry runs, which stored nothing and told nobody.',
    }),
  }),
});

export const ScanOrderRef = builder.inputType('ScanOrder', {
  description: 'How scans are ordered.',
  fields: (t) => ({
    field: t.field({ type: ScanOrderFieldRef, required: true, description: 'By what.' }),
    direction: t.field({ type: OrderDirectionRef, required: true, description: 'Which end first.' }),
  }),
});

export const RunScanInputRef = builder.inputType('RunScanInput', {
  description: 'What to scan for.',
  fields: (t) => ({
    platform: t.field({ type: PlatformRef, required: true, defaultValue: platform, description: 'Which platform.' }),
    criteria: t.field({
      type: JobCriteriaInputRef,
      description: 'Criteria for this scan alone, instead of those of the preferences.',
    }),
    dryRun: t.boolean({
      required: true,
      defaultValue: runDefaults.dryRun,
      description: 'Ask and report, store nothing.',
    }),
    idempotencyKey: t.string({ description: 'The same key and input give the same scan, however often it is sent.' }),
  }),
});

export const CancelScanInputRef = builder.inputType('CancelScanInput', {
  description: 'Which scan to stop.',
  fields: (t) => ({ scanId: t.id({ required: true, description: 'Id of the scan.' }) }),
});

export const PauseScanningInputRef = builder.inputType('PauseScanningInput', {
  description: 'What to pause, and why.',
  fields: (t) => ({
    platform: t.field({ type: PlatformRef, required: true, defaultValue: platform, description: 'Which platform.' }),
    reason: t.string({
      required: true,
      defaultValue: pauseDefaults.reason,
      description: 'Why, for whoever reads it later.',
    }),
  }),
});

export const ResumeScanningInputRef = builder.inputType('ResumeScanningInput', {
  description: 'What to resume.',
  fields: (t) => ({
    platform: t.field({ type: PlatformRef, required: true, defaultValue: platform, description: 'Which platform.' }),
  }),
});
