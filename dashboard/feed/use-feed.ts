import { useCallback, useState } from 'react';
import { useMutation, useQuery, useSubscription } from 'urql';
import { arrivals, changes, type FeedVariables, feedQuery, type Triage, triageMutation } from './documents.ts';

/** Ids of new jobs that are remembered until they are shown; more are counted by the next look at the list. */
const most = 1_000;

/** The list, what waits above it, what was edited, and deciding with a step back. */
export function useFeed(variables: FeedVariables) {
  const [answer, ask] = useQuery({ query: feedQuery, variables, requestPolicy: 'cache-and-network' });
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set());
  const [edited, setEdited] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<string>();
  const [decided, setDecided] = useState<readonly { id: string; before: Triage }[]>([]);
  const [, triage] = useMutation(triageMutation);
  // Both follow from where the first list was read; later lists only bring what these have told already.
  const [start, setStart] = useState<string>();
  const cursor = answer.data?.system.latestEventCursor;
  if (start === undefined && cursor !== undefined) setStart(cursor);
  const following = { variables: { after: start ?? '' }, pause: start === undefined };
  useSubscription({ query: arrivals, ...following }, (_, { jobPosted: { job } }) => {
    setWaiting((ids) => (ids.size < most ? new Set(ids).add(job.id) : ids));
    return undefined as never;
  });
  useSubscription({ query: changes, ...following }, (_, { jobUpdated: { job, changed } }) => {
    if (changed.some((field) => field === 'title' || field === 'description'))
      setEdited((ids) => (ids.size < most ? new Set(ids).add(job.id) : ids));
    return undefined as never;
  });
  const send = async (id: string, to: Triage) => {
    const { data, error } = await triage({ input: { jobIds: [id], triage: to } });
    setFailure(error?.message ?? data?.triageJobs.errors[0]?.message);
  };
  return {
    ...answer,
    edited,
    failure: failure ?? answer.error?.message,
    /** How many came that the list does not show. */
    waiting: waiting.size,
    showNew: useCallback(() => {
      setWaiting(new Set());
      ask({ requestPolicy: 'network-only' });
    }, [ask]),
    decide: (job: { id: string; triage: Triage }, to: Triage) => {
      setDecided((steps) => [...steps.slice(-99), { id: job.id, before: job.triage }]);
      void send(job.id, to);
    },
    undo: () => {
      const last = decided.at(-1);
      if (!last) return;
      setDecided((steps) => steps.slice(0, -1));
      void send(last.id, last.before);
    },
  };
}
