import { builder } from '../../../schema/builder.ts';
import { PlatformRef, platform } from '../../../schema/connection/platform.ts';
import { ScanPreferencesRef } from '../../../schema/preferences/preferences.ts';

builder.queryField('scanPreferences', (t) =>
  t.field({
    type: ScanPreferencesRef,
    authScopes: { scope: 'READ' },
    description: 'What and how often to scan. Needs scope READ.',
    args: {
      platform: t.arg({ type: PlatformRef, required: true, defaultValue: platform, description: 'Which platform.' }),
    },
    resolve: (_root, _args, { services }) => services.preferences.current(),
  }),
);
