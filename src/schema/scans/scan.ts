import type { Scan, ScanCounts, ScanPause } from '../../services/scanner/model.ts';
import { ActorRef } from '../access/access.ts';
import { builder } from '../builder.ts';
import { PlatformRef, platform } from '../connection/platform.ts';
import { PlatformIncidentRef } from '../connection/platform-status.ts';
import { ScanPhaseRef, ScanStatusRef, ScanTriggerRef } from './scan-enums.ts';

export const ScanPauseRef = builder.objectRef<ScanPause>('ScanPause').implement({
  description: 'Scanning is paused.',
  fields: (t) => ({
    reason: t.exposeString('reason', { description: 'Why.' }),
    since: t.expose('since', { type: 'DateTime', description: 'Since when.' }),
    by: t.expose('by', { type: ActorRef, description: 'Who paused it.' }),
  }),
});

const ScanCountsRef = builder.objectRef<ScanCounts>('ScanCounts').implement({
  description: 'What a scan did, counted in postings unless said otherwise.',
  fields: (t) => ({
    fetched: t.exposeInt('fetched', { description: 'Received from the platform.' }),
    duplicates: t.exposeInt('duplicates', { description: 'Known and unchanged.' }),
    updated: t.exposeInt('updated', { description: 'Known and changed.' }),
    filteredOut: t.exposeInt('filteredOut', { description: 'Dropped by the criteria.' }),
    new: t.exposeInt('new', { description: 'New jobs.' }),
    notified: t.exposeInt('notified', { description: 'New jobs that were announced.' }),
    upstreamRequests: t.exposeInt('upstreamRequests', { description: 'Requests it made to the platform.' }),
  }),
});

export const ScanRef = builder.objectRef<Scan>('Scan').implement({
  description: 'One run. Every attempt is one, also a failed one.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Stable id, `scan_…`.' }),
    platform: t.field({ type: PlatformRef, description: 'Where it looked.', resolve: () => platform }),
    trigger: t.expose('trigger', { type: ScanTriggerRef, description: 'Why it was started.' }),
    status: t.expose('status', { type: ScanStatusRef, description: 'Where it stands, or how it ended.' }),
    phase: t.expose('phase', { type: ScanPhaseRef, description: 'What it is doing.' }),
    queuedAt: t.expose('queuedAt', { type: 'DateTime', description: 'When it was queued.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When it began.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    duration: t.expose('durationMs', { type: 'Duration', nullable: true, description: 'How long it took.' }),
    counts: t.expose('counts', { type: ScanCountsRef, description: 'What it did, in numbers.' }),
    incident: t.expose('incident', {
      type: PlatformIncidentRef,
      nullable: true,
      description: 'What went wrong; null when nothing did.',
    }),
    dryRun: t.exposeBoolean('isDryRun', { description: 'It stored nothing and told nobody.' }),
    preferencesVersion: t.exposeInt('preferencesVersion', {
      description: 'Version of the preferences it went by.',
    }),
  }),
});
