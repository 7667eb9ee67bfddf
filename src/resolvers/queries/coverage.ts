import { builder } from '../../schema/builder.ts';
import { CoverageRef } from '../../schema/coverage.ts';
import { instantOf } from '../../schema/moment.ts';
import { PlatformRef, platform } from '../../schema/platform.ts';

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
