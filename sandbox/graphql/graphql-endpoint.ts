import {
  type DocumentNode,
  execute,
  FieldsOnCorrectTypeRule,
  GraphQLError,
  type GraphQLFormattedError,
  Kind,
  KnownArgumentNamesRule,
  KnownTypeNamesRule,
  NoUndefinedVariablesRule,
  NoUnusedVariablesRule,
  ProvidedRequiredArgumentsRule,
  parse,
  ScalarLeafsRule,
  specifiedRules,
  TypeInfo,
  ValuesOfCorrectTypeRule,
  VariablesInAllowedPositionRule,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { accountOf } from '../oauth/accounts.ts';
import { forbiddenFields } from '../oauth/scopes.ts';
import type { Tokens } from '../oauth/tokens.ts';
import { json, type Reply } from '../reply.ts';
import type { Settings } from '../settings.ts';
import type { Caller } from './job-queries.ts';
import { schema } from './schema.ts';

/** The body of a GraphQL request, as far as it could be read. */
export interface GraphqlRequest {
  query: string;
  variables: Record<string, unknown>;
  operationName: string | undefined;
}

/** One function a root field: arguments, then who asks. */
export type RootFields = Record<string, (args: never, caller: Caller) => unknown>;

/** Reads `{query, variables, operationName}`; undefined when it is something else. */
export function readGraphqlRequest(body: string): GraphqlRequest | undefined {
  try {
    const { query, variables, operationName } = JSON.parse(body) as Record<string, unknown>;
    if (typeof query !== 'string') return undefined;
    return {
      query,
      variables: typeof variables === 'object' && variables !== null ? (variables as Record<string, unknown>) : {},
      operationName: typeof operationName === 'string' ? operationName : undefined,
    };
  } catch {
    return undefined;
  }
}

/** `POST /graphql` (FACTS §3): bearer, restriction, tenant, validation, scopes, then the answer. */
export function answerGraphql(
  request: GraphqlRequest | undefined,
  headers: { authorization: string | undefined; tenant: string | undefined },
  settings: Settings,
  tokens: Tokens,
  now: number,
  roots: RootFields,
): Reply {
  const key = tokens.whose(/^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '');
  if (key === undefined) return json(401, { message: 'Authentication failed' });
  // The real shape of a restricted account's answer is unknown: both forms are guesses.
  const restriction = 'Your account has been restricted. Contact Upwork Trust & Safety.';
  if (settings.restricted === 'http') return json(403, { message: restriction });
  if (settings.restricted === 'graphql') return failed(restriction, 'ExecutionAborted');
  if (!request) return json(400, { message: 'Invalid request body' });
  const account = accountOf(key);
  const organization =
    headers.tenant === undefined
      ? account.organizations[0]
      : account.organizations.find(({ id }) => id === headers.tenant);
  // How the real API refuses a foreign tenant is unknown.
  if (!organization) return failed('Authorization failed: the organization is not accessible', 'ExecutionAborted');
  const document = readDocument(request.query);
  if (!('kind' in document)) return json(200, document);
  const invalid = [...validationErrors(document), ...goneFields(document, settings.withoutFields)];
  if (invalid.length > 0) return json(200, { errors: invalid });
  const forbidden = forbiddenFields(schema, document, settings.scopes);
  if (forbidden.length > 0)
    return failed(
      `The client or authentication token doesn't have enough oauth2 permissions/scopes to access: [${forbidden.join(', ')}].`,
      'ExecutionAborted',
    );
  return run(document, request, { account, organization, now }, roots);
}

function run(document: DocumentNode, request: GraphqlRequest, caller: Caller, roots: RootFields): Reply {
  const result = execute({
    schema,
    document,
    rootValue: roots,
    contextValue: caller,
    variableValues: request.variables,
    ...(request.operationName === undefined ? {} : { operationName: request.operationName }),
  });
  if (result instanceof Promise) throw new Error('No field of the sandbox may be asynchronous.');
  const { data, errors } = result;
  if (!errors) return json(200, { data });
  const hasRun = data !== undefined;
  const shown = errors.map((error) => withClassification(error, hasRun ? 'DataFetchingException' : 'ValidationError'));
  return json(200, hasRun ? { errors: shown, data } : { errors: shown });
}

/** 200, no data, one error: how the API refuses a whole operation. */
function failed(message: string, classification: string): Reply {
  return json(200, { errors: [{ message, extensions: { classification } }], data: null });
}

function readDocument(query: string): DocumentNode | { errors: GraphQLFormattedError[] } {
  try {
    return parse(query);
  } catch (error) {
    const message = error instanceof GraphQLError ? error.message.replace(/^Syntax Error: /, '') : 'not readable';
    return { errors: [{ message: `Invalid syntax: ${message}`, extensions: { classification: 'InvalidSyntax' } }] };
  }
}

const kinds = new Map([
  [FieldsOnCorrectTypeRule, 'FieldUndefined'],
  [KnownArgumentNamesRule, 'UnknownArgument'],
  [KnownTypeNamesRule, 'UnknownType'],
  [NoUndefinedVariablesRule, 'UndefinedVariable'],
  [NoUnusedVariablesRule, 'UnusedVariable'],
  [ProvidedRequiredArgumentsRule, 'MissingFieldArgument'],
  [ScalarLeafsRule, 'SubSelectionRequired'],
  [ValuesOfCorrectTypeRule, 'WrongType'],
  [VariablesInAllowedPositionRule, 'VariableTypeMismatch'],
]);

/** In Upwork's form: `Validation error of type <kind>: …`; the words after the colon are ours. */
function validationErrors(document: DocumentNode): GraphQLFormattedError[] {
  if (introspectionsByName(document) > 1)
    return [
      {
        message: 'BadFaithIntrospection: this request is not asking for introspection in good faith - Query.__type',
        extensions: { classification: 'BadFaithIntrospection' },
      },
    ];
  return specifiedRules.flatMap((rule) =>
    validate(schema, document, [rule]).map((error) => {
      const kind = /found null\.$/.test(error.message)
        ? 'NullValueForNonNullArgument'
        : (kinds.get(rule) ?? 'InvalidDocument');
      return {
        message: `Validation error of type ${kind}: ${error.message}`,
        ...(error.locations ? { locations: error.locations } : {}),
        extensions: { classification: 'ValidationError' },
      };
    }),
  );
}

/** What Upwork says of a field it has taken away. */
function goneFields(document: DocumentNode, gone: readonly string[]): GraphQLFormattedError[] {
  const errors: GraphQLFormattedError[] = [];
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name, loc }) => {
        const parent = types.getParentType()?.name;
        if (!gone.includes(`${parent}.${name.value}`)) return;
        const { line = 0, column = 0 } = loc?.startToken ?? {};
        errors.push({
          message: `Validation error of type FieldUndefined: Field '${name.value}' in type '${parent}' is undefined`,
          locations: [{ line, column }],
          extensions: { classification: 'ValidationError' },
        });
      },
    }),
  );
  return errors;
}

function introspectionsByName(document: DocumentNode): number {
  let count = 0;
  visit(document, { Field: ({ name }) => void (name.value === '__type' && count++) });
  return count;
}

function withClassification(error: GraphQLError, otherwise: string): GraphQLFormattedError {
  const { message, locations, path, extensions } = error.toJSON();
  return {
    message,
    ...(locations ? { locations } : {}),
    ...(path ? { path } : {}),
    extensions: extensions ?? { classification: otherwise },
  };
}

/** The name of the operation and its root fields, for faults and the journal. */
export function describeOperation(request: GraphqlRequest | undefined): {
  operation: string | undefined;
  fields: string[];
} {
  const document = request ? readDocument(request.query) : undefined;
  if (!document || !('kind' in document)) return { operation: undefined, fields: [] };
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const chosen = operations.find(({ name }) => name?.value === request?.operationName) ?? operations[0];
  const fields = chosen?.selectionSet.selections.flatMap((entry) =>
    entry.kind === Kind.FIELD ? [entry.name.value] : [],
  );
  return { operation: chosen?.name?.value, fields: fields ?? [] };
}
