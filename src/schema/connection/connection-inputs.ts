import { builder } from '../builder.ts';
import { secret } from '../secret.ts';
import { PlatformRef, platform } from './platform.ts';

/*
 * Arguments that may be left out take these. Each is whole: of a default in code GraphQL does not fill in the fields' own
 * defaults (DEPENDENCIES §0.18).
 */
export const connectDefaults = { force: false, allowAccountChange: false };
export const disconnectDefaults = { platform, revoke: true, purgeData: false };
export const checkDefaults = { platform };

const UpworkCredentialsInputRef = builder.inputType('UpworkCredentialsInput', {
  description:
    "The Client ID and Client Secret of the user's own Upwork API key. Written to the secret store, never read back.",
  fields: (t) => ({
    clientId: t.string({ required: true, description: 'The Client ID, as Upwork shows it.' }),
    clientSecret: t.string({
      required: true,
      description: 'The Client Secret, as Upwork shows it.',
      extensions: secret,
    }),
  }),
});

export const ConnectUpworkInputRef = builder.inputType('ConnectUpworkInput', {
  description: 'How to connect.',
  fields: (t) => ({
    credentials: t.field({
      type: UpworkCredentialsInputRef,
      description: 'Needed the first time; later calls reuse what the secret store holds.',
    }),
    returnTo: t.string({ description: 'Path on this server where the callback page leads afterwards.' }),
    force: t.boolean({
      required: true,
      defaultValue: connectDefaults.force,
      description: 'Replace a live connection instead of answering CONFLICT.',
    }),
    allowAccountChange: t.boolean({
      required: true,
      defaultValue: connectDefaults.allowAccountChange,
      description: 'Accept a different Upwork account than the one connected before.',
    }),
  }),
});

const UpworkAuthorizationInputRef = builder.inputType('UpworkAuthorizationInput', {
  description: 'The parameters of the callback, one by one.',
  fields: (t) => ({
    code: t.string({ required: true, description: 'The authorization code.', extensions: secret }),
    state: t.string({ required: true, description: 'The state that `connectUpwork` gave.', extensions: secret }),
    iss: t.string({ description: 'The issuer, where the callback had one.' }),
  }),
});

export const CompleteUpworkConnectionInputRef = builder.inputType('CompleteUpworkConnectionInput', {
  description: 'For headless machines: paste what the browser was redirected to.',
  isOneOf: true,
  fields: (t) => ({
    callbackUrl: t.field({
      type: 'URL',
      description: 'The whole URL the browser was redirected to.',
      extensions: secret,
    }),
    authorization: t.field({ type: UpworkAuthorizationInputRef, description: 'Its parameters, one by one.' }),
  }),
});

export const CancelConnectionFlowInputRef = builder.inputType('CancelConnectionFlowInput', {
  description: 'Which flow to end.',
  fields: (t) => ({ flowId: t.id({ required: true, description: 'Id of the flow.' }) }),
});

export const DisconnectPlatformInputRef = builder.inputType('DisconnectPlatformInput', {
  description: 'What to forget.',
  fields: (t) => ({
    platform: t.field({ type: PlatformRef, required: true, defaultValue: platform, description: 'Which platform.' }),
    revoke: t.boolean({
      required: true,
      defaultValue: disconnectDefaults.revoke,
      description: 'Also ask the platform to revoke the tokens.',
    }),
    purgeData: t.boolean({
      required: true,
      defaultValue: disconnectDefaults.purgeData,
      description: 'Also delete jobs, proposals and contracts read from it.',
    }),
  }),
});

export const CheckPlatformInputRef = builder.inputType('CheckPlatformInput', {
  description: 'Which platform to check.',
  fields: (t) => ({
    platform: t.field({ type: PlatformRef, required: true, defaultValue: platform, description: 'Which platform.' }),
  }),
});
