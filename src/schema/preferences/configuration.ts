import type { ConfigurationChange, ConfigurationImport } from '../../services/configuration/model.ts';
import { builder } from '../builder.ts';
import { payloadType } from '../payload.ts';
import { secret } from '../secret.ts';

const ConfigurationChangeRef = builder.objectRef<ConfigurationChange>('ConfigurationChange').implement({
  description: 'One difference between what is in force and what a configuration says.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'Which value, as in the YAML: `platforms.upwork.scan_interval`.' }),
    before: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What is in force; null where nothing is.',
      resolve: ({ before }) => before,
    }),
    after: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What the configuration says; null where it says nothing.',
      resolve: ({ after }) => after,
    }),
  }),
});

export const ImportConfigurationInputRef = builder.inputType('ImportConfigurationInput', {
  description: 'What to put in force.',
  fields: (t) => ({
    yaml: t.string({
      extensions: secret,
      required: true,
      description: 'YAML as `exportConfiguration` gives it; secrets are never in it.',
    }),
    dryRun: t.boolean({ required: true, defaultValue: true, description: 'Plan only.' }),
  }),
});

export const ImportConfigurationPayloadRef = payloadType<ConfigurationImport>(
  'ImportConfigurationPayload',
  'What importing changed, or would change.',
  (t) => ({
    changes: t.field({
      type: [ConfigurationChangeRef],
      description: 'Every difference, in the order of the YAML.',
      resolve: ({ changes }) => changes ?? [],
    }),
    applied: t.boolean({
      description: 'False for a plan, and where something was wrong: then nothing was changed.',
      resolve: ({ applied }) => applied ?? false,
    }),
  }),
  { warns: true },
);
