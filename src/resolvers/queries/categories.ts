import { builder } from '../../schema/builder.ts';
import { PlatformRef, platform } from '../../schema/connection/platform.ts';
import { JobCategoryRef } from '../../schema/preferences/category.ts';

builder.queryField('categories', (t) =>
  t.field({
    type: [JobCategoryRef],
    nullable: true,
    authScopes: { scope: 'READ' },
    description: "Upwork's category tree, fetched once and kept. Needs scope READ.",
    args: {
      platform: t.arg({ type: PlatformRef, required: true, defaultValue: platform, description: 'Which platform.' }),
    },
    resolve: async (_root, _args, { services }) => [...(await services.categories())],
  }),
);
