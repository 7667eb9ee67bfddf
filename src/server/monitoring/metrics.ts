import type { OperationTypeNode } from 'graphql';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Services } from '../../services/model.ts';
import type { RefusalCode } from '../refusal/refusal.ts';

/**
 * What `/metrics` shows. Labels come from closed lists alone: no URL, no name a client chose, no token (DEPENDENCIES
 * §0.11).
 */
export interface Metrics {
  request(seen: { readonly route: string; readonly method: string; readonly status: number }): void;
  /** @param seen.code of the first error; undefined where there was none */
  operation(seen: {
    readonly kind: OperationTypeNode | undefined;
    readonly code: RefusalCode | undefined;
    readonly durationMs: number;
  }): void;
  /** The Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

const methods = ['GET', 'HEAD', 'POST'];

/** A registry of its own for each server: two in one process do not share numbers. */
export function createMetrics(deps: {
  readonly services: Pick<Services, 'events' | 'budget' | 'connection' | 'scanner'>;
  /** Open now. */
  readonly sockets: () => number;
  readonly subscriptions: () => number;
}): Metrics {
  const { events, budget, connection, scanner } = deps.services;
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'prospector_http_requests_total',
    help: 'HTTP requests answered.',
    labelNames: ['route', 'method', 'status'],
    registers,
  });
  const operations = new Counter({
    name: 'prospector_graphql_operations_total',
    help: 'GraphQL operations by kind and by the code of their first error.',
    labelNames: ['kind', 'code'],
    registers,
  });
  const duration = new Histogram({
    name: 'prospector_graphql_operation_duration_seconds',
    help: 'Time from receiving a GraphQL operation to its first result.',
    labelNames: ['kind'],
    buckets: [0.005, 0.025, 0.1, 0.25, 1, 2.5, 10],
    registers,
  });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge('prospector_websockets', 'WebSockets open.', deps.sockets);
  gauge('prospector_subscriptions', 'Subscriptions and event streams open.', deps.subscriptions);
  gauge('prospector_event_followers', 'Followers of the event log.', () => events.followers());
  gauge('prospector_platform_connected', '1 while Upwork is connected.', () =>
    connection.status().status === 'CONNECTED' ? 1 : 0,
  );
  gauge(
    'prospector_requests_remaining_today',
    'Requests to Upwork left in the daily budget.',
    () => budget.state().remainingToday,
  );
  gauge('prospector_last_scan_timestamp_seconds', 'When the last scan ended; 0 before the first.', () => {
    const finishedAt = scanner.latest()?.finishedAt;
    return finishedAt ? finishedAt.getTime() / 1_000 : 0;
  });
  return {
    request: ({ route, method, status }) =>
      requests.inc({ route, method: methods.includes(method) ? method : 'other', status }),
    operation: ({ kind, code, durationMs }) => {
      operations.inc({ kind: kind ?? 'unknown', code: code ?? 'OK' });
      duration.observe({ kind: kind ?? 'unknown' }, durationMs / 1_000);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
