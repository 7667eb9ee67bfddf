import { type GraphQLField, getNamedType, isLeafType, isRequiredArgument } from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '../../../src/resolvers/index.ts';
import { type ApiScope, apiScopes } from '../../../src/services/access/model.ts';
import { ask, follow } from './ask.ts';
import { sample } from './sample.ts';

type Operation = 'query' | 'mutation' | 'subscription';

/** Scopes that are not READ for what is read and WRITE for what is changed. */
const others: Record<string, ApiScope | 'any'> = {
  apiTokens: 'ADMIN',
  auditLog: 'ADMIN',
  connectUpwork: 'CONNECT',
  completeUpworkConnection: 'CONNECT',
  cancelConnectionFlow: 'CONNECT',
  disconnectPlatform: 'CONNECT',
  checkPlatform: 'CONNECT',
  submitProposal: 'PROPOSALS_SUBMIT',
  markProposalSubmitted: 'PROPOSALS_SUBMIT',
  withdrawProposal: 'PROPOSALS_SUBMIT',
  createApiToken: 'ADMIN',
  revokeApiToken: 'ADMIN',
  importConfiguration: 'ADMIN',
  createLoginLink: 'any',
};

const rootFields = (
  [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ] as const
).flatMap(([operation, type]) =>
  Object.values(type?.getFields() ?? {}).map((field) => ({
    name: `${operation} ${field.name}`,
    operation,
    field,
    scope: others[field.name] ?? (operation === 'mutation' ? ('WRITE' as const) : ('READ' as const)),
  })),
);

/** The smallest request for the field. */
function requestOf(operation: Operation, { name, args, type }: GraphQLField<unknown, unknown>) {
  const needed = args.filter(isRequiredArgument);
  const defined = needed.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
  const given = needed.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const field = `${name}${given && `(${given})`} ${isLeafType(getNamedType(type)) ? '' : '{ __typename }'}`;
  return {
    document: `${operation} ${defined && `(${defined})`} { ${field} }`,
    variables: Object.fromEntries(needed.map((arg) => [arg.name, sample(arg.type)])),
  };
}

/** Codes of the errors; whatever is masked has passed authorization. */
async function codesOf(
  operation: Operation,
  field: GraphQLField<unknown, unknown>,
  scopes: readonly ApiScope[] | null,
) {
  const { document, variables } = requestOf(operation, field);
  const reply =
    operation === 'subscription'
      ? (await follow(document, { scopes, variables })).refused
      : await ask(document, { scopes, variables });
  return (reply?.errors ?? []).map(({ extensions }) => extensions?.['code'] ?? 'masked');
}

it.each(rootFields)('refuses a caller without a token: $name', async ({ operation, field }) => {
  expect(await codesOf(operation, field, null)).toEqual(['UNAUTHENTICATED']);
});

it.each(rootFields.filter(({ scope }) => scope !== 'any'))(
  'refuses a token that has every scope but the one needed: $name needs $scope',
  async ({ operation, field, scope }) => {
    const allOthers = apiScopes.filter((held) => held !== scope && held !== 'ADMIN');
    expect(await codesOf(operation, field, allOthers)).toEqual(['FORBIDDEN']);
  },
);

it.each(rootFields)('lets a token with the scope pass: $name', async ({ operation, field, scope }) => {
  const codes = await codesOf(operation, field, scope === 'any' ? [] : [scope]);
  expect(codes).not.toContain('FORBIDDEN');
  expect(codes).not.toContain('UNAUTHENTICATED');
});

it.each(rootFields)('lets ADMIN pass everywhere: $name', async ({ operation, field }) => {
  const codes = await codesOf(operation, field, ['ADMIN']);
  expect(codes).not.toContain('FORBIDDEN');
});

it.each(rootFields)('says in the description what is needed: $name', ({ field, scope }) => {
  expect(field.description).toMatch(scope === 'any' ? /Needs any valid token/ : new RegExp(`Needs scope ${scope}\\.$`));
});

it('12.7 says which scope is missing and which ones the token has, and leaves the rest of the answer', async () => {
  expect(await ask('{ apiTokens { id } }', { scopes: ['READ', 'WRITE'] })).toEqual({
    data: { apiTokens: null },
    errors: [
      {
        message:
          'Query.apiTokens needs a token with the scope ADMIN; this one has READ, WRITE. Use another token, or make one with createApiToken.',
        path: ['apiTokens'],
        extensions: { code: 'FORBIDDEN', requiredScope: 'ADMIN' },
      },
    ],
  });
});
