import { cacheExchange } from '@urql/exchange-graphcache';
import { createClient as createSocketClient } from 'graphql-ws';
import { Client, fetchExchange, mapExchange, subscriptionExchange } from 'urql';
import { createConnection } from './connection.ts';
import { resumable } from './resume.ts';

/** Types that have no id of their own and belong to the object they stand in. */
const embedded = [
  'JobClient',
  'JobActivity',
  'JobEdge',
  'JobConnection',
  'Money',
  'MoneyRange',
  'MatchScore',
  'ScoreFactor',
  'PageInfo',
  'PlatformAccount',
  'RequestBudget',
  'ScopeGrant',
  'NextAction',
  'ScanPause',
  'ScanCounts',
  'ScanConnection',
  'ScanDiagnosis',
  'SystemInfo',
  'ScreeningQuestion',
  'ScanSuggestion',
  'ScanFunnelStep',
  'SavedSearchConnection',
];

/**
 * The client of the public GraphQL API beside this page: HTTP for questions, one WebSocket for what happens.
 * A triage shows at once and is taken back when the server refuses it. An ended session leads to the log-in page.
 * @param page the address of this page; the API lies in the same folder, also below a path of a proxy
 */
export function openApi(page: string) {
  const url = new URL('graphql', page);
  url.search = '';
  url.hash = '';
  const socketUrl = new URL(url);
  socketUrl.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const connection = createConnection();
  const socket = createSocketClient({
    url: socketUrl.href,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    keepAlive: 10_000,
    on: { connected: () => connection.set(true), closed: () => connection.set(false) },
  });
  const client = new Client({
    url: url.href,
    preferGetMethod: false,
    fetchOptions: { credentials: 'same-origin' },
    exchanges: [
      mapExchange({
        onResult: ({ error }) => {
          if (error?.response?.status === 401) window.location.assign(new URL('login', page));
        },
      }),
      cacheExchange({
        keys: Object.fromEntries(embedded.map((name) => [name, () => null])),
        optimistic: {
          triageJobs: ({ input }) => {
            const { jobIds, triage } = input as { jobIds: string[]; triage: string };
            const jobs = jobIds.map((id) => ({ __typename: 'Job', id, triage }));
            return { __typename: 'TriageJobsPayload', errors: [], jobs };
          },
        },
      }),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables }) => ({
          subscribe: (sink) => {
            const { payload, passing } = resumable(query, variables ?? {});
            const stop = socket.subscribe(payload, {
              next: (result) => {
                passing(result.data);
                sink.next({ data: result.data ?? null, ...(result.errors && { errors: [...result.errors] }) });
              },
              error: (error) => sink.error(error),
              complete: () => sink.complete(),
            });
            return { unsubscribe: stop };
          },
        }),
      }),
    ],
  });
  return { client, connection };
}
