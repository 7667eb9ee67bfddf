import { gql, useMutation, useQuery } from 'urql';
import { Errors } from '../ui/errors.tsx';
import { Time } from '../ui/time.tsx';

interface Scan {
  readonly id: string;
  readonly status: string;
  readonly queuedAt: string;
  readonly counts: { readonly fetched: number; readonly filteredOut: number; readonly new: number };
  readonly diagnosis: { readonly summary: string } | null;
}

const scansQuery = gql<{ readonly scans: { readonly nodes: readonly Scan[] } }, object>`
  query DashboardScans {
    scans(first: 25) {
      nodes { id status queuedAt counts { fetched filteredOut new } diagnosis { summary } }
    }
  }
`;

const scanMutation = gql<{ readonly runScan: { readonly errors: readonly { readonly message: string }[] } }, object>`
  mutation DashboardScan { runScan { errors { message } scan { id status } } }
`;

/** What the scans found, why nothing where it was nothing, and a scan at once. */
export function Scanning() {
  const [{ data, error }, ask] = useQuery({ query: scansQuery, requestPolicy: 'cache-and-network' });
  const [run, scan] = useMutation(scanMutation);
  const scanNow = async () => {
    await scan({});
    ask({ requestPolicy: 'network-only' });
  };
  return (
    <div className="page">
      <h1>Scanning</h1>
      <p className="actions">
        <button type="button" onClick={scanNow} disabled={run.fetching}>
          Scan now
        </button>
        <button type="button" onClick={() => ask({ requestPolicy: 'network-only' })}>
          Look again
        </button>
      </p>
      <Errors of={[error?.message, run.error?.message, run.data?.runScan.errors[0]?.message]} />
      {data?.scans.nodes.length === 0 && <p className="quiet">No scan yet.</p>}
      <ul className="scans">
        {data?.scans.nodes.map(({ id, status, queuedAt, counts, diagnosis }) => (
          <li key={id}>
            <Time at={queuedAt} /> · {status.toLowerCase()} · {counts.fetched} read, {counts.filteredOut} dropped,{' '}
            {counts.new} new <span className="quiet">{diagnosis?.summary}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
