import { builder } from '../../schema/builder.ts';
import { SystemInfoRef } from '../../schema/system.ts';
import { once } from '../once.ts';
import { schemaHashOf } from '../sdl.ts';

builder.queryField('system', (t) =>
  t.field({
    type: SystemInfoRef,
    authScopes: { scope: 'READ' },
    description: 'Prospector itself: version, health, the end of the event log. Needs scope READ.',
    resolve: (_root, _args, { services: { system, events } }, { schema }) => ({
      version: system.version,
      schemaHash: schemaHashOf(schema),
      startedAt: system.startedAt,
      retentionMs: system.retentionMs,
      latestEventCursor: events.latestCursor(),
      subscribers: events.followers(),
      checks: once(() => system.checks()),
    }),
  }),
);
