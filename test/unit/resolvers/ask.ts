import { type DocumentNode, type ExecutionResult, execute, parse, subscribe, validate } from 'graphql';
import { expect } from 'vitest';
import { schema, toClientError } from '../../../src/resolvers/index.ts';
import type { Context } from '../../../src/schema/context.ts';
import type { ApiScope, Viewer } from '../../../src/services/access/model.ts';
import type { Services } from '../../../src/services/model.ts';

/** What a test's services answer; whatever else is asked of them fails the test. */
export type Answers = { readonly [Name in keyof Services]?: Partial<Services[Name]> };

export const now = new Date('2026-10-01T12:00:00.000Z');

export interface Asking extends Partial<Pick<Context, 'bindBrowser' | 'onLag' | 'pace' | 'signal'>> {
  readonly services?: Answers;
  /** The viewer's scopes; `null` for nobody. */
  readonly scopes?: readonly ApiScope[] | null;
  readonly variables?: Record<string, unknown>;
}

/** One operation against the schema, without a server, and what a client would see of it. */
export async function ask(source: string, asking: Asking = {}) {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  return toReply(await execute({ schema, document, ...argumentsOf(asking) }));
}

/** One subscription: the refusal, or its results one by one. */
export async function follow(source: string, asking: Asking = {}) {
  const document: DocumentNode = parse(source);
  expect(validate(schema, document)).toEqual([]);
  const results = await subscribe({ schema, document, ...argumentsOf(asking) });
  if (!(Symbol.asyncIterator in results)) return { refused: toReply(results) };
  const iterator = results as AsyncIterableIterator<ExecutionResult>;
  return {
    next: async () => {
      const step = await iterator.next();
      return step.done ? 'ended' : toReply(step.value);
    },
    end: () => iterator.return?.(),
  };
}

export function viewer(...scopes: readonly ApiScope[]): Viewer {
  return {
    actor: { kind: 'API_TOKEN', name: 'test' },
    scopes,
    apiToken: { id: 'tok_test', name: 'test', prefix: 'prs_test', scopes, createdAt: now },
    browser: false,
  };
}

function argumentsOf({ services = {}, scopes = ['ADMIN'], variables = {}, ...more }: Asking) {
  const context: Context = {
    services: answering(services),
    viewer: scopes ? viewer(...scopes) : undefined,
    requestId: 'req_test',
    publicUrl: 'http://localhost:4000',
    now: () => now,
    signal: new AbortController().signal,
    pace: () => undefined,
    cost: { cost: 3, nodeCount: 2, limit: 100, used: 10, remaining: 90, resetsAt: now },
    ...more,
  };
  return { contextValue: context, variableValues: variables };
}

/** Every deed is written down; tests that ask about it give a trail of their own. */
const unheard = { recordDone: () => {} };

function answering(answers: Answers): Services {
  return new Proxy({} as Services, {
    get: (_target, service: string) => {
      const given = answers[service as keyof Services] ?? (service === 'audit' ? unheard : undefined);
      if (typeof given === 'function') return given;
      return new Proxy((given ?? {}) as object, {
        get: (target, method: string) =>
          Reflect.get(target, method) ??
          (() => {
            throw new Error(`services.${service}.${method} was not to be asked`);
          }),
      });
    },
  });
}

function toReply({ data, errors }: ExecutionResult) {
  return {
    ...(data !== undefined && { data: data && (JSON.parse(JSON.stringify(data)) as Record<string, unknown>) }),
    ...(errors && {
      errors: errors.map((error) => {
        const { message, path, extensions } = toClientError(error) ?? { message: `masked: ${error.message}` };
        return { message, ...(path && { path }), ...(extensions && { extensions }) };
      }),
    }),
  };
}
