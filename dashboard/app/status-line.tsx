import { useEffect } from 'react';
import { gql, useQuery, useSubscription } from 'urql';
import { type Connection, useIsOpen } from '../api/connection.ts';
import { Time } from '../ui/time.tsx';

interface Data {
  readonly platformStatus: {
    readonly status: string;
    readonly message: string;
    readonly nextScanAt: string | null;
    readonly lastScan: { readonly id: string; readonly finishedAt: string | null } | null;
    readonly requestBudget: { readonly usedToday: number; readonly perDay: number };
    readonly nextAction: { readonly kind: string; readonly message: string };
  };
}

const statusQuery = gql<Data, object>`
  query DashboardStatus {
    platformStatus {
      id status message nextScanAt
      lastScan { id finishedAt }
      requestBudget { usedToday perDay }
      nextAction { kind message }
    }
  }
`;

const statusChanges = gql`
  subscription DashboardStatusChanges { platformStatusChanged { id cursor } }
`;

/** Is it alive? One line on top of every view; trouble turns it into a band with the one thing to do. */
export function StatusLine({ connection }: { readonly connection: Connection }) {
  const isOpen = useIsOpen(connection);
  const [{ data }, ask] = useQuery({ query: statusQuery, requestPolicy: 'cache-and-network' });
  useSubscription({ query: statusChanges }, (_, change) => {
    ask({ requestPolicy: 'network-only' });
    return change;
  });
  useEffect(() => {
    const timer = window.setInterval(() => ask({ requestPolicy: 'network-only' }), 30_000);
    return () => window.clearInterval(timer);
  }, [ask]);
  if (!isOpen)
    return (
      <div className="status trouble" role="alert">
        Not connected to Prospector, trying again. What you see stays readable.
      </div>
    );
  if (!data) return <div className="status">…</div>;
  const { status, nextAction, message, lastScan, nextScanAt, requestBudget } = data.platformStatus;
  if (status !== 'CONNECTED')
    return (
      <div className="status trouble" role="alert">
        <span>
          {message} {nextAction.message}
        </span>{' '}
        <a href="./platforms">{status === 'DISCONNECTED' ? 'Add Platform' : 'Repair'}</a>
      </div>
    );
  return (
    <div className="status" role="status">
      <span className="dot" aria-hidden="true" /> Connected
      {lastScan?.finishedAt && (
        <span>
          {' '}
          · scanned <Time at={lastScan.finishedAt} />
        </span>
      )}
      {nextScanAt && (
        <span>
          {' '}
          · next <Time at={nextScanAt} />
        </span>
      )}
      <span>
        {' '}
        · {requestBudget.usedToday} of {requestBudget.perDay} requests
      </span>
    </div>
  );
}
