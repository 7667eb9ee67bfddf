import { builder } from '../../schema/builder.ts';

builder.queryField('exportConfiguration', (t) =>
  t.string({
    nullable: true,
    authScopes: { scope: 'READ' },
    description: 'Preferences and saved searches as YAML, secrets left out. Needs scope READ.',
    resolve: (_root, _args, { services }) => services.configuration.exportYaml(),
  }),
);
