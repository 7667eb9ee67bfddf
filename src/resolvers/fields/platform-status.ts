import { builder } from '../../schema/builder.ts';
import { FieldDayRef, FieldIncidentRef, LostFieldRef } from '../../schema/connection/platform-data.ts';
import { PlatformStatusRef } from '../../schema/connection/platform-status.ts';
import { RequestBudgetRef } from '../../schema/connection/request-budget.ts';
import { ScanPauseRef, ScanRef } from '../../schema/scans/scan.ts';

builder.objectFields(PlatformStatusRef, (t) => ({
  redirectUri: t.field({
    type: 'URL',
    description: 'The callback to register with the key on the platform, to the letter.',
    resolve: (_status, _args, { services }) => services.connection.redirectUri(),
  }),
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
  lostFields: t.field({
    type: [LostFieldRef],
    description: 'What the platform no longer knows and is asked without; empty where it knows everything.',
    resolve: (_status, _args, { services }) => [...services.sentinel.lost()],
  }),
  fieldIncidents: t.field({
    type: [FieldIncidentRef],
    description: "Fields of the platform's answers that are other than they used to be, the newest first.",
    resolve: (_status, _args, { services }) => [...services.sentinel.incidents()],
  }),
  fieldDays: t.field({
    type: [FieldDayRef],
    description: 'How readable each field was on each day of the last two months, the newest day first.',
    resolve: (_status, _args, { services }) => [...services.sentinel.days()],
  }),
  paused: t.field({
    type: ScanPauseRef,
    nullable: true,
    description: 'Set when scanning was paused by hand or by a restriction; survives a restart.',
    resolve: (_status, _args, { services }) => services.scanner.paused(),
  }),
}));
