import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mutationTable } from '../../../src/resolvers/audit/mutation-table.ts';
import { type EventType, eventTypes } from '../../../src/services/events/model.ts';
import { type App, quietYaml, startApp } from '../../support/app.ts';

/** Something that changes without anybody's mutation, and the events that tell of it. */
interface BackgroundWrite {
  readonly what: string;
  readonly happen: (app: App) => Promise<unknown>;
  readonly events: readonly EventType[];
  /** Actions of its audit entries, oldest first, where it is one that is written down. */
  readonly audited?: readonly string[];
}

let edited = '';

/**
 * Silent on purpose: the end of a posting's retention (`contentExpiresAt` told it), scores that follow changed weights or the time (the change of the
 * preferences was told), the trimming of events and of the audit trail.
 */
const writes: readonly BackgroundWrite[] = [
  {
    what: 'a scan finds a posting',
    happen: async (app) => {
      edited = app.sandbox.control.post({ questions: [], jobType: 'HOURLY' }).id;
      await app.scan();
    },
    events: ['SCAN_PROGRESS', 'JOB_POSTED'],
  },
  {
    what: 'a scan finds a posting changed',
    happen: async (app) => {
      app.sandbox.control.edit(edited, { title: 'Quite another title' });
      await app.scan();
    },
    events: ['JOB_UPDATED'],
  },
  {
    what: 'somebody edits the preferences file',
    happen: async (app) => writeFileSync(join(app.home, 'prospector.yaml'), `${quietYaml}    keywords: ['gnu']\n`),
    events: ['NODE_CHANGED'],
  },
  {
    what: 'a sync finds a proposal that was sent on the site',
    happen: async (app) => {
      app.sandbox.control.apply(edited);
      await app.data('mutation { syncPlatform(input: { what: [PROPOSALS] }) { started } }');
    },
    events: ['PROPOSAL_UPDATED'],
  },
  {
    what: 'a sync finds a contract',
    happen: async (app) => {
      app.sandbox.control.addContract();
      await app.data('mutation { syncPlatform(input: { what: [CONTRACTS] }) { started } }');
    },
    events: ['CONTRACT_UPDATED'],
  },
  {
    what: 'Upwork revokes the authorization',
    happen: async (app) => {
      app.sandbox.control.revokeTokens();
      await app.data('mutation { checkPlatform { errors { code } } }');
    },
    events: ['AUTH_EXPIRED', 'PLATFORM_STATUS_CHANGED'],
    audited: ['authorization.expired', 'connection.status_changed'],
  },
  {
    what: 'a browser comes back from the consent page',
    happen: (app) => app.connect(),
    events: ['CONNECTION_FLOW_UPDATED', 'AUTH_RESTORED', 'PLATFORM_STATUS_CHANGED'],
    audited: ['connection_flow.ended', 'authorization.restored', 'connection.status_changed'],
  },
];

async function typesSince(app: App, after: string): Promise<EventType[]> {
  const { events } = await app.data(
    'query ($after: String!) { events(after: $after, first: 100) { nodes { type } } }',
    {
      after,
    },
  );
  return events.nodes.map(({ type }: { type: EventType }) => type);
}

it('10.10 every change that nobody asked for is told by its events, and written down where it concerns the connection', async () => {
  await using app = await startApp({ connected: true });
  app.sandbox.control.set({ contracts: 'allowed', lifePace: 'off' });
  for (const { what, happen, events, audited = [] } of writes) {
    const { system, auditLog } = await app.data('{ system { latestEventCursor } auditLog { totalCount } }');
    await happen(app);
    await expect
      .poll(
        async () => {
          const types = await typesSince(app, system.latestEventCursor);
          return { what, missing: events.filter((type) => !types.includes(type)) };
        },
        { timeout: 15_000, interval: 50 },
      )
      .toEqual({ what, missing: [] });
    const { auditLog: now } = await app.data(
      '{ auditLog(filter: { actors: [PLATFORM, SCHEDULER] }, first: 20) { totalCount nodes { action requestId } } }',
    );
    const actions = now.nodes.map(({ action }: { action: string }) => action).toReversed();
    if (audited.length > 0) expect(actions.slice(-audited.length)).toEqual(audited);
    expect(now.nodes.filter(({ requestId }: { requestId: string | null }) => requestId !== null)).toEqual([]);
    expect(auditLog.totalCount).toBeGreaterThan(0);
  }
}, 60_000);

it('10.10 no type of event is without somebody who writes it', () => {
  const told = new Set([...Object.values(mutationTable), ...writes].flatMap(({ events }) => events));
  expect([...told].sort()).toEqual([...eventTypes].sort());
});

it('10.10 a mutation without an event says why, one with events does not', () => {
  const rows = Object.entries(mutationTable).map(([name, row]) => [name, row.events.length > 0, row.silentBecause]);
  expect(rows.filter(([, isTold, reason]) => isTold === (reason !== undefined))).toEqual([]);
});
