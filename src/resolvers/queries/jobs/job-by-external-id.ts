import { builder } from '../../../schema/builder.ts';
import { PlatformRef, platform } from '../../../schema/connection/platform.ts';
import { JobRef } from '../../../schema/jobs/job.ts';

builder.queryField('jobByExternalId', (t) =>
  t.field({
    type: JobRef,
    nullable: true,
    authScopes: { scope: 'READ' },
    description: 'A job by what the platform calls it; null when it was never seen. Needs scope READ.',
    args: {
      platform: t.arg({ type: PlatformRef, required: true, defaultValue: platform, description: 'Which platform.' }),
      externalId: t.arg.string({
        required: true,
        description: 'Numeric id, `~01…` or `~02…` id, or the URL of the posting.',
      }),
    },
    resolve: (_root, { externalId }, { services }) => services.jobs.byExternalId(externalId),
  }),
);
