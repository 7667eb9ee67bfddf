import { builder } from '../../schema/builder.ts';
import { ImportConfigurationInputRef, ImportConfigurationPayloadRef } from '../../schema/preferences/configuration.ts';
import { attempt } from '../attempt.ts';

builder.mutationField('importConfiguration', (t) =>
  t.field({
    type: ImportConfigurationPayloadRef,
    authScopes: { scope: 'ADMIN' },
    description:
      'Puts preferences and saved searches in force as the YAML says them, all or nothing; a plan unless `dryRun` is false. What does not stand in it is left alone. Needs scope ADMIN.',
    args: {
      input: t.arg({ type: ImportConfigurationInputRef, required: true, description: 'What to put in force.' }),
    },
    resolve: (_root, { input }, { services }) => attempt(() => services.configuration.importYaml(input)),
  }),
);
