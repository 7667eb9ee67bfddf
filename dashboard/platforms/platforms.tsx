import { type FormEvent, useState } from 'react';
import { gql, useMutation, useQuery } from 'urql';
import { Errors } from '../ui/errors.tsx';
import { Time } from '../ui/time.tsx';
import { type Failed, type PlatformAnswer, platformFields } from './platform-fields.ts';

const platformQuery = gql<PlatformAnswer, object>`
  query DashboardPlatform { platformStatus { ...DashboardPlatformStatus } }
  ${platformFields}
`;

const connectMutation = gql<
  { readonly connectUpwork: { readonly authorizationUrl: string | null } & Failed },
  {
    readonly input: {
      readonly credentials?: { readonly clientId: string; readonly clientSecret: string };
      /** Replaces the connection there is; it stays until the new one is complete. */
      readonly force: boolean;
    };
  }
>`
  mutation DashboardConnect($input: ConnectUpworkInput!) {
    connectUpwork(input: $input) { authorizationUrl errors { message } }
  }
`;

const pauseMutation = gql<{ readonly pauseScanning: Failed }, object>`
  mutation DashboardPause {
    pauseScanning { errors { message } platformStatus { ...DashboardPlatformStatus } }
  }
  ${platformFields}
`;

const resumeMutation = gql<{ readonly resumeScanning: Failed }, object>`
  mutation DashboardResume {
    resumeScanning { errors { message } platformStatus { ...DashboardPlatformStatus } }
  }
  ${platformFields}
`;

/** Add Platform → Upwork, and how the connection is. */
export function Platforms() {
  const [{ data, error }] = useQuery({ query: platformQuery, requestPolicy: 'cache-and-network' });
  const [connected, connect] = useMutation(connectMutation);
  const [paused, pause] = useMutation(pauseMutation);
  const [resumed, resume] = useMutation(resumeMutation);
  const [failure, setFailure] = useState<string>();
  const status = data?.platformStatus;
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const clientId = String(form.get('clientId') ?? '').trim();
    const clientSecret = String(form.get('clientSecret') ?? '').trim();
    const force = status?.status === 'CONNECTED';
    const answer = await connect({ input: { force, ...(clientId && { credentials: { clientId, clientSecret } }) } });
    const { authorizationUrl, errors } = answer.data?.connectUpwork ?? {};
    setFailure(answer.error?.message ?? errors?.[0]?.message);
    if (authorizationUrl) window.location.assign(authorizationUrl);
  };
  if (!status) return <Errors of={[error?.message]} />;
  const failed = [
    failure,
    paused.data?.pauseScanning.errors[0]?.message,
    resumed.data?.resumeScanning.errors[0]?.message,
  ];
  return (
    <div className="page">
      <h1>Platforms</h1>
      <h2>Upwork: {status.status.toLowerCase().replaceAll('_', ' ')}</h2>
      <p>
        {status.message} {status.nextAction.message}
      </p>
      <Errors of={failed} />
      {status.account && <p>Account {status.account.displayName}</p>}
      {status.refreshTokenExpiresAt && (
        <p>
          Authorization ends <Time at={status.refreshTokenExpiresAt} />
        </p>
      )}
      <p>
        <meter
          min={0}
          max={status.requestBudget.perDay}
          value={status.requestBudget.usedToday}
          aria-label="Requests today"
        />{' '}
        {status.requestBudget.usedToday} of {status.requestBudget.perDay} requests today
      </p>
      <p className="actions">
        {status.paused ? (
          <button type="button" onClick={() => resume({})}>
            Resume scanning
          </button>
        ) : (
          <button type="button" onClick={() => pause({})}>
            Pause scanning
          </button>
        )}
      </p>
      <h2>{status.status === 'CONNECTED' ? 'Connect again' : 'Add Platform: Upwork'}</h2>
      <p>
        Register this callback with your key on Upwork: <code>{status.redirectUri}</code>
      </p>
      <details>
        <summary>What to tick on Upwork’s form</summary>
        <ul>
          {status.scopes.flatMap(({ name, keyFormLabels }) =>
            keyFormLabels.map((label) => <li key={`${name} ${label}`}>{label}</li>),
          )}
        </ul>
      </details>
      <form onSubmit={submit} autoComplete="off">
        <label>
          Client ID <input name="clientId" placeholder="as configured" />
        </label>
        <label>
          Client Secret <input name="clientSecret" type="password" placeholder="as configured" />
        </label>
        <button type="submit" disabled={connected.fetching}>
          Connect Upwork
        </button>
      </form>
    </div>
  );
}
