import { type ExecutionResult, GraphQLError, isEnumType } from 'graphql';
import type { Clock } from '../../clock.ts';
import type { Context } from '../../schema/context.ts';
import type { Services } from '../../services/model.ts';
import type { Credential, LiveConnections } from '../access/access.ts';
import type { Exchange } from '../http/exchange.ts';
import { refuse } from '../http/reply.ts';
import { writeOut } from '../http/stream-out.ts';
import type { Limits } from '../limits.ts';
import type { Api } from '../options.ts';
import type { Points } from '../points/points.ts';
import type { Presenting } from '../presenting/presenting.ts';
import { codeOf, refusal } from '../refusal/refusal.ts';
import { createEventDocument } from './event-document.ts';
import type { Feeds } from './feeds.ts';
import { createSubscriptionResults } from './subscription-results.ts';
import type { SubscriptionSlots } from './subscription-slots.ts';

/** What the stream is made of. */
export interface EventStreamDeps {
  readonly api: Pick<Api, 'schema'>;
  readonly services: Services;
  readonly presenting: Presenting;
  readonly slots: SubscriptionSlots;
  readonly feeds: Feeds;
  readonly points: Points;
  readonly live: LiveConnections;
  readonly clock: Clock;
  readonly pace: Context['pace'];
  readonly limits: Limits;
  readonly publicUrl: string;
}

const heartbeatMs = 15_000;

/**
 * `/events`: the event log for whoever has no GraphQL client, as `text/event-stream`. `Last-Event-ID` (or `?after=`)
 * resumes, `?types=` chooses. A cursor that is refused is answered before the stream starts. A client that reads slowly
 * is waited for, one that has stopped loses its connection.
 */
export function createEventStream(deps: EventStreamDeps) {
  const document = createEventDocument(deps.api.schema);

  return async (exchange: Exchange, credential: Credential): Promise<void> => {
    const presentation = { requestId: exchange.requestId, http: false };
    const types = wantedTypes(deps.api, exchange);
    if (types instanceof GraphQLError) return refuseWith(exchange, deps.presenting.error(types, presentation));
    const release = deps.slots.take(credential.viewer.apiToken.id);
    if (!release)
      return refuse(
        exchange,
        'TOO_MANY_SUBSCRIPTIONS',
        `This token has ${deps.limits.subscriptionsPerToken} subscriptions open, which is as many as it may. ` +
          'End one first.',
      );
    const abort = new AbortController();
    const end = () => abort.abort();
    const remove = deps.live.add(credential, end);
    exchange.res.once('close', end);
    try {
      const after = lastEventId(exchange);
      const source = await deps.feeds.open(
        {
          schema: deps.api.schema,
          document,
          variableValues: { ...(types && { types }), ...(after !== undefined && { after }) },
          contextValue: contextFor(deps, exchange, credential, abort.signal),
        },
        { viewer: credential.viewer, signal: abort.signal },
      );
      if (!(Symbol.asyncIterator in source))
        return refuseWith(exchange, deps.presenting.error(source.errors?.[0], presentation));
      await stream(exchange, createSubscriptionResults(source, { signal: abort.signal, onEnd: release }), deps);
    } finally {
      release();
      remove();
      end();
    }
  };
}

async function stream(
  { res, requestId }: Exchange,
  results: AsyncIterable<ExecutionResult>,
  deps: EventStreamDeps,
): Promise<void> {
  res.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    connection: 'close',
    'x-accel-buffering': 'no',
  });
  const stopHeartbeat = startHeartbeat(
    () => res.write(':\n\n'),
    deps.clock,
    () => !res.writableNeedDrain,
  );
  try {
    if (!(await writeOut(res, ':\n\n', deps))) return;
    for await (const { data, errors } of results) {
      const event = data?.['events'] as Record<string, unknown> | undefined;
      if (event && !(await writeOut(res, frame(event), deps))) return;
      if (errors) for (const error of errors) deps.presenting.error(error, { requestId, http: false });
    }
  } finally {
    stopHeartbeat();
    res.end();
  }
}

/** One event as server-sent events write it. JSON has no line breaks, so that `data` is one line. */
function frame({ __typename: _, ...event }: Record<string, unknown>): string {
  const { id, type, cursor, occurredAt, ...rest } = event;
  const data = JSON.stringify({ id, type, cursor, occurredAt, ...rest });
  return `id: ${cursor}\nevent: ${String(type).toLowerCase()}\ndata: ${data}\n\n`;
}

/** A comment now and then, so that nobody on the way takes the stream for dead; none while the client is behind. */
function startHeartbeat(beat: () => void, clock: Pick<Clock, 'after'>, hasRoom: () => boolean): () => void {
  let stop = () => {};
  const next = () => {
    stop = clock.after(heartbeatMs, () => {
      if (hasRoom()) beat();
      next();
    });
  };
  next();
  return () => stop();
}

/**
 * A reconnecting browser sends the id of the last event it saw; that is newer than the address it was given at first.
 */
function lastEventId({ req, query }: Exchange): string | undefined {
  const header = req.headers['last-event-id'];
  return (typeof header === 'string' && header !== '' ? header : undefined) ?? query.get('after') ?? undefined;
}

/** `?types=job_posted,auth_expired`, also repeated, in the case of the stream or of GraphQL. */
function wantedTypes({ schema }: Pick<Api, 'schema'>, { query }: Exchange): string[] | undefined | GraphQLError {
  if (!query.has('types')) return undefined;
  const type = schema.getType('EventType');
  const known = isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
  const wanted = query
    .getAll('types')
    .flatMap((list) => list.split(','))
    .map((name) => name.trim().toUpperCase());
  if (wanted.every((name) => known.includes(name))) return wanted;
  const names = known.map((name) => name.toLowerCase()).join(', ');
  return refusal('BAD_USER_INPUT', `\`types\` takes one or more of ${names}, separated by commas.`);
}

function contextFor(
  { services, points, publicUrl, clock, pace }: EventStreamDeps,
  { requestId }: Exchange,
  { viewer }: Credential,
  signal: AbortSignal,
): Context {
  return {
    services,
    viewer,
    requestId,
    publicUrl,
    now: () => clock.now(),
    signal,
    pace,
    cost: { cost: 0, nodeCount: 0, ...points.left(viewer.apiToken.id) },
  };
}

function refuseWith(exchange: Exchange, error: GraphQLError): void {
  const { code: _, requestId: __, ...extensions } = error.extensions;
  refuse(exchange, codeOf(error), error.message, { extensions });
}
