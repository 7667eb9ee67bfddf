import { builder } from '../../../schema/builder.ts';
import { PlatformRef, platform } from '../../../schema/connection/platform.ts';
import { instantOf } from '../../../schema/scalars/moment.ts';
import { CoverageRef } from '../../../schema/scans/coverage.ts';

builder.queryField('coverage', (t) =>
  t.field({
    type: CoverageRef,
    authScopes: { scope: 'READ' },
    description: 'Which stretches of time were really examined. Needs scope READ.',
    args: {
      platform: t.arg({ type: PlatformRef, required: true, defaultValue: platform, description: 'Which platform.' }),
      since: t.arg({
        type: 'DateTimeOrDuration',
        required: true,
        defaultValue: { fromNowMs: -86_400_000 },
        description: 'How far back to look.',
      }),
    },
    resolve: (_root, { since }, { services, now }) => services.scanner.coverage({ since: instantOf(since, now()) }),
  }),
);
