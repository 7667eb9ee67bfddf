import { builder } from '../../../schema/builder.ts';
import { CompleteUpworkConnectionInputRef } from '../../../schema/connection/connection-inputs.ts';
import { CompleteUpworkConnectionPayloadRef } from '../../../schema/connection/connection-payloads.ts';
import { attempt } from '../../attempt.ts';
import { withoutNull, withoutUndefined } from '../../inputs/without.ts';

builder.mutationField('completeUpworkConnection', (t) =>
  t.field({
    type: CompleteUpworkConnectionPayloadRef,
    authScopes: { scope: 'CONNECT' },
    description:
      'Ends a flow on a machine without a browser, with what the browser elsewhere was redirected to. Needs scope CONNECT.',
    args: {
      input: t.arg({
        type: CompleteUpworkConnectionInputRef,
        required: true,
        description: 'What the browser was redirected to.',
      }),
    },
    resolve: (_root, { input: { callbackUrl, authorization } }, { services: { connection } }) =>
      attempt(async () => {
        const { flow, failure = flow?.failure } = await connection.complete(
          callbackUrl ? new URL(callbackUrl).searchParams : new URLSearchParams(withoutNull(authorization ?? {})),
        );
        return {
          ...withoutUndefined({ flow }),
          platformStatus: connection.status(),
          errors: failure ? [failure] : [],
        };
      }),
  }),
);
