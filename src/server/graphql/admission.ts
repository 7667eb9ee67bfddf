import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  getOperationAST,
  getVariableValues,
  OperationTypeNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import type { Context, OperationCost } from '../../schema/context.ts';
import type { Services } from '../../services/model.ts';
import type { Cookie } from '../access/access.ts';
import type { Limits } from '../limits.ts';
import type { Api, AskedOperation } from '../options.ts';
import { type Points, type PointsLeft, pointsHeaders } from '../points/points.ts';
import { refusal } from '../refusal/refusal.ts';
import type { Feeds } from '../subscriptions/feeds.ts';
import { createSubscriptionResults } from '../subscriptions/subscription-results.ts';
import type { SubscriptionSlots } from '../subscriptions/subscription-slots.ts';
import { withDeadline } from './deadline.ts';
import { createDiscretion, type Discretion } from './discretion.ts';
import { tooMuch } from './document-limits.ts';
import type { Operation, OperationContext } from './operation.ts';
import { weigh } from './weigh.ts';

/** What is decided about each operation, and what its resolvers are given. */
export interface AdmissionDeps {
  readonly api: Pick<Api, 'schema' | 'measure' | 'paid'>;
  readonly services: Services;
  readonly clock: Clock;
  readonly random: Pick<Random, 'bytes'>;
  readonly pace: Context['pace'];
  readonly limits: Limits;
  readonly points: Points;
  readonly slots: SubscriptionSlots;
  readonly feeds: Feeds;
  readonly flowCookie: Cookie;
  readonly publicUrl: string;
}

interface Asked {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variableValues?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Points for opening a subscription. */
const openingPrice = 1;
/** Errors told of unfit variables. */
const variableErrors = 5;
/** How long a flow may take from its start to the callback, and a while longer to show its page again. */
const flowCookieSeconds = 15 * 60;

/**
 * The last door before execution, the same for HTTP and WebSocket: depth and complexity, the token's points, its number
 * of subscriptions. What passes gets its Context and `executionMs` to finish.
 */
export function useAdmission(deps: AdmissionDeps): Plugin<OperationContext> {
  const { clock, limits, slots } = deps;
  const discretion = createDiscretion(deps.api.schema);

  const tell = ({ res }: Operation, left: PointsLeft) => {
    for (const [name, value] of Object.entries(pointsHeaders(left, clock.now())))
      if (!res?.headersSent) res?.setHeader(name, value);
  };

  const admit = (asked: Asked, operation: Operation): readonly GraphQLError[] | Context => {
    const unfit = unfitVariables(deps.api, discretion, asked);
    if (unfit.length > 0) return unfit;
    const measured = measure(deps, asked);
    if ('refused' in measured) return [measured.refused];
    const { granted, left, enoughInMs } = deps.points.spend(
      operation.credential.viewer.apiToken.id,
      measured.complexity,
    );
    tell(operation, left);
    if (!granted) return [overspent(measured.complexity, left, enoughInMs)];
    const cost: OperationCost = { cost: measured.complexity, nodeCount: measured.nodeCount, ...left };
    operation.cost = cost;
    return createContext(deps, operation, cost);
  };

  /** Gives back what was charged and not taken, and tells both prices. */
  const settle = (asked: Asked, result: ExecutionResult, operation: Operation): ExecutionResult => {
    const { cost, credential } = operation;
    if (!cost) return result;
    const paid = Math.min(cost.cost, deps.api.paid(askedOf(asked), result.data));
    const left = deps.points.giveBack(credential.viewer.apiToken.id, cost.cost - paid);
    tell(operation, left);
    operation.cost = { ...cost, paid, ...left };
    const answer = operation.kind === OperationTypeNode.QUERY ? lightEnough(result, limits) : result;
    return { ...answer, extensions: { ...answer.extensions, cost: operation.cost } };
  };

  return {
    onExecute: async ({
      args,
      context: { operation },
      executeFn,
      setExecuteFn,
      extendContext,
      setResultAndStopExecution,
    }) => {
      operation.kind = getOperationAST(args.document, args.operationName)?.operation ?? OperationTypeNode.QUERY;
      const admitted = admit(args, operation);
      if (isRefused(admitted)) return void setResultAndStopExecution({ errors: admitted });
      extendContext(admitted);
      // A mutation that was stopped would be done all the same: it is given the time that the outside may take.
      const isMutation = operation.kind === OperationTypeNode.MUTATION;
      const executionMs = isMutation ? limits.mutationMs : limits.executionMs;
      setExecuteFn((input) =>
        withDeadline(() => executeFn(input), { clock, limits: { executionMs } }, operation.abort),
      );
      return {
        onExecuteDone: ({ result, setResult }) => {
          if ('data' in result || 'errors' in result) setResult(settle(args, result as ExecutionResult, operation));
        },
      };
    },
    onSubscribe: async ({ args, context: { operation }, setSubscribeFn, extendContext, setResultAndStopExecution }) => {
      operation.kind = OperationTypeNode.SUBSCRIPTION;
      const release = slots.take(operation.credential.viewer.apiToken.id);
      if (!release) return void setResultAndStopExecution({ errors: [tooManySubscriptions(limits)] });
      const orRelease = (error: unknown): never => {
        release();
        throw error;
      };
      const admitted = attempt(() => admit(args, operation), orRelease);
      if (isRefused(admitted)) {
        release();
        return void setResultAndStopExecution({ errors: admitted });
      }
      extendContext(admitted);
      // Opening costs a point; events are charged as they are delivered.
      const { viewer } = operation.credential;
      deps.points.giveBack(viewer.apiToken.id, Math.max(0, admitted.cost.cost - openingPrice));
      const { signal } = operation.abort;
      setSubscribeFn((input) =>
        withDeadline(() => deps.feeds.open(input as ExecutionArgs, { viewer, signal }), deps, operation.abort).catch(
          orRelease,
        ),
      );
      return {
        onSubscribeResult: ({ result, setResult }) => {
          if (Symbol.asyncIterator in result) {
            setResult(createSubscriptionResults(result as AsyncIterable<ExecutionResult>, { signal, onEnd: release }));
          } else release();
        },
      };
    },
  };
}

function isRefused(admitted: readonly GraphQLError[] | Context): admitted is readonly GraphQLError[] {
  return Array.isArray(admitted);
}

/**
 * Why the variables do not fit, before execution would say so in words that repeat them: a bad request, as the
 * specification of GraphQL over HTTP has it.
 */
function unfitVariables(
  { schema }: Pick<Api, 'schema'>,
  discretion: Pick<Discretion, 'ofVariables'>,
  { document, operationName, variableValues }: Asked,
): readonly GraphQLError[] {
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  if (definitions.length === 0) return [];
  const { errors } = getVariableValues(schema, definitions, variableValues ?? {}, { maxErrors: variableErrors });
  return discretion.ofVariables(document, errors ?? []).map(
    (error) =>
      new GraphQLError(error.message, {
        nodes: error.nodes ?? null,
        extensions: { ...error.extensions, code: 'BAD_USER_INPUT', http: { spec: true, status: 400 } },
      }),
  );
}

/** The result, or the refusal of one that would weigh too much. A mutation's is its only account of what was done. */
function lightEnough(result: ExecutionResult, { answerBytes }: Limits): ExecutionResult {
  if (weigh(result.data, answerBytes) <= answerBytes) return result;
  const excess = { limit: 'answerBytes', allowed: answerBytes } as const;
  return { errors: [tooMuch(`The answer would be larger than ${answerBytes} bytes.`, excess)] };
}

function askedOf({ document, operationName, variableValues }: Asked): AskedOperation {
  return { document, operationName: operationName ?? undefined, variables: variableValues ?? undefined };
}

function measure({ api, limits }: AdmissionDeps, asked: Asked) {
  const measured = asRefusal(() => api.measure(askedOf(asked)));
  if (measured instanceof GraphQLError) return { refused: measured };
  const { complexity, depth } = measured;
  if (depth > limits.depth)
    return {
      refused: tooMuch(`The operation is ${depth} levels deep; at most ${limits.depth} are allowed.`, {
        limit: 'depth',
        allowed: limits.depth,
        asked: depth,
      }),
    };
  if (complexity > limits.complexity)
    return {
      refused: tooMuch(`The operation costs ${complexity} points; at most ${limits.complexity} are allowed.`, {
        limit: 'complexity',
        allowed: limits.complexity,
        asked: complexity,
      }),
    };
  return measured;
}

/**
 * Variables that do not fit are found out here, before execution would: a bad request, as the specification of GraphQL
 * over HTTP has it.
 */
function asRefusal<Measured>(measuring: () => Measured): Measured | GraphQLError {
  try {
    return measuring();
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return new GraphQLError(error.message, { extensions: { ...error.extensions, http: { spec: true, status: 400 } } });
  }
}

function createContext(deps: AdmissionDeps, operation: Operation, cost: OperationCost): Context {
  const { credential, requestId, abort, res } = operation;
  const bindBrowser = () => {
    const nonce = deps.random.bytes(32).toString('base64url');
    res?.appendHeader('set-cookie', deps.flowCookie.write(nonce, flowCookieSeconds));
    return nonce;
  };
  return {
    services: deps.services,
    viewer: credential.viewer,
    requestId,
    publicUrl: deps.publicUrl,
    now: () => deps.clock.now(),
    signal: abort.signal,
    pace: deps.pace,
    cost,
    ...(credential.viewer.browser && res && { bindBrowser }),
  };
}

function overspent(cost: number, left: PointsLeft, enoughInMs: number): GraphQLError {
  const numbers = `The operation costs ${cost} points and this token has ${left.remaining} of ${left.limit} left.`;
  if (enoughInMs === Number.POSITIVE_INFINITY)
    return refusal('RATE_LIMITED', `${numbers} It never has so many: ask for less at a time.`, {
      extensions: { cost, ...left },
    });
  const seconds = Math.max(1, Math.ceil(enoughInMs / 1_000));
  return refusal('RATE_LIMITED', `${numbers} Points come back all the time: there will be enough in ${seconds} s.`, {
    headers: { 'retry-after': String(seconds) },
    extensions: { cost, ...left, retryAfterMs: seconds * 1_000 },
  });
}

function tooManySubscriptions({ subscriptionsPerToken }: Limits): GraphQLError {
  return refusal(
    'TOO_MANY_SUBSCRIPTIONS',
    `This token has ${subscriptionsPerToken} subscriptions open, which is as many as it may. End one first.`,
  );
}

function attempt<Result>(work: () => Result, orElse: (error: unknown) => Result): Result {
  try {
    return work();
  } catch (error) {
    return orElse(error);
  }
}
