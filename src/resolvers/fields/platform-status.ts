import { builder } from '../../schema/builder.ts';
import { PlatformStatusRef } from '../../schema/connection/platform-status.ts';
import { RequestBudgetRef } from '../../schema/connection/request-budget.ts';
import { ScanPauseRef, ScanRef } from '../../schema/scans/scan.ts';

builder.objectFields(PlatformStatusRef, (t) => ({
  lastScan: t.field({
    type: ScanRef,
    nullable: true,
    description: 'The latest scan; null when none has run.',
    resolve: (_status, _args, { services }) => services.scanner.latest(),
  }),
  nextScanAt: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'When the schedule scans next; null while it does not.',
    resolve: (_status, _args, { services }) => services.scanner.nextScanAt(),
  }),
  requestBudget: t.field({
    type: RequestBudgetRef,
    description: 'What we still allow ourselves to ask.',
    resolve: (_status, _args, { services }) => services.budget.state(),
  }),
  paused: t.field({
    type: ScanPauseRef,
    nullable: true,
    description: 'Set when scanning was paused by hand or by a restriction; survives a restart.',
    resolve: (_status, _args, { services }) => services.scanner.paused(),
  }),
}));
