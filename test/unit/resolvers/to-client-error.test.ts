import { GraphQLError, locatedError } from 'graphql';
import { expect, it } from 'vitest';
import { toClientError } from '../../../src/resolvers/index.ts';
import { DomainError, RefusedError } from '../../../src/services/failures/model.ts';
import { ask } from './ask.ts';

const failing = (error: unknown) =>
  ask('{ job(id: "job_1") { id } }', {
    services: {
      jobs: {
        byId: () => {
          throw error;
        },
      },
    },
  });

it('tells a refusal with its code and what goes with it', async () => {
  expect(await failing(new RefusedError('CURSOR_EXPIRED', 'Too old.', { oldestCursor: 'c1' }))).toEqual({
    data: { job: null },
    errors: [{ message: 'Too old.', path: ['job'], extensions: { code: 'CURSOR_EXPIRED', oldestCursor: 'c1' } }],
  });
});

it.each([
  ['VALIDATION', 'BAD_USER_INPUT'],
  ['NOT_FOUND', 'BAD_USER_INPUT'],
  ['PLATFORM_NOT_CONNECTED', 'SERVICE_UNAVAILABLE'],
  ['AUTH_EXPIRED', 'SERVICE_UNAVAILABLE'],
  ['SECRET_STORE_UNAVAILABLE', 'SERVICE_UNAVAILABLE'],
] as const)('tells an expected failure of a query as one of the known codes: %s is %s', async (reason, code) => {
  const error = new DomainError({ type: 'NotFoundError', code: reason, message: 'Do this.' });
  expect(await failing(error)).toEqual({
    data: { job: null },
    errors: [{ message: 'Do this.', path: ['job'], extensions: { code, reason } }],
  });
});

it('says how long to wait where a query meets a limit', async () => {
  const error = new DomainError({
    type: 'RateLimitedError',
    code: 'RATE_LIMITED',
    message: 'Wait.',
    retryAfterMs: 5_000,
  });
  expect((await failing(error)).errors).toEqual([
    {
      message: 'Wait.',
      path: ['job'],
      extensions: { code: 'RATE_LIMITED', reason: 'RATE_LIMITED', retryAfterMs: 5_000 },
    },
  ]);
});

it('has nothing to say of what nobody foresaw', () => {
  expect(toClientError(new Error('SQLITE_IOERR'))).toBeUndefined();
  expect(toClientError(locatedError(new Error('SQLITE_IOERR'), [], ['job']))).toBeUndefined();
  expect(toClientError('thrown text')).toBeUndefined();
  // A value that its scalar cannot write is our mistake, though GraphQL says it in its own error.
  expect(toClientError(locatedError(new GraphQLError('Int cannot represent'), [], ['job', 'seq']))).toBeUndefined();
});

it('tells refusals that come bare, as they do from a subscription that has begun', () => {
  const error = toClientError(new RefusedError('CURSOR_LAGGED', 'Come back.', { cursor: 'c9' }));
  expect(error?.toJSON()).toEqual({ message: 'Come back.', extensions: { code: 'CURSOR_LAGGED', cursor: 'c9' } });
});

it('calls what GraphQL itself refuses bad input, or what it was doing', async () => {
  const reply = await ask('query ($first: Int) { jobs(first: $first) { totalCount } }', {
    variables: { first: 'many' },
  });
  expect(reply.errors).toEqual([
    {
      message: 'Variable "$first" got invalid value "many"; Int cannot represent non-integer value: "many"',
      extensions: { code: 'BAD_USER_INPUT' },
    },
  ]);
  const late = await ask('query ($p: Platform = UPWORK) { platformStatus(platform: $p) { id } }', {
    variables: { p: null },
  });
  expect(late.errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT' }]);
  const unknown = new GraphQLError('Cannot query field "x".');
  expect(toClientError(unknown, 'GRAPHQL_VALIDATION_FAILED')?.extensions).toEqual({
    code: 'GRAPHQL_VALIDATION_FAILED',
  });
});

it('keeps the code of an error that has one, and its place', () => {
  const error = new GraphQLError('Too dear.', { extensions: { code: 'QUERY_TOO_COMPLEX' } });
  expect(toClientError(error)).toBe(error);
});
