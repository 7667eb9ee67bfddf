import SchemaBuilder from '@pothos/core';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import type { ApiScope } from '../services/access/model.ts';
import { grantsOf, refusal } from './access/authorization.ts';
import type { Context } from './context.ts';
import { nodeTypeOf } from './node-type.ts';
import type { Moment } from './scalars/moment.ts';

/** What a value is inside: instants are `Date`, durations milliseconds, decimals canonical strings. */
type Scalars = {
  ID: { Input: string; Output: string };
  DateTime: { Input: Date; Output: Date };
  Date: { Input: string; Output: string };
  Duration: { Input: number; Output: number };
  DateTimeOrDuration: { Input: Moment; Output: Moment };
  Decimal: { Input: string; Output: string };
  CurrencyCode: { Input: string; Output: string };
  CountryCode: { Input: string; Output: string };
  TimeZone: { Input: string; Output: string };
  URL: { Input: string; Output: string };
  JSONObject: { Input: Readonly<Record<string, unknown>>; Output: Readonly<Record<string, unknown>> };
  JSON: { Input: unknown; Output: unknown };
};

/** What every type and field of the schema is made with. Nothing is null unless it says so. */
export const builder = new SchemaBuilder<{
  Context: Context;
  Scalars: Scalars;
  /** `token`: any valid one. `scope`: one that holds this scope, or ADMIN. */
  AuthScopes: { token: boolean; scope: ApiScope };
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
}>({
  plugins: [ScopeAuthPlugin, RelayPlugin],
  defaultFieldNullability: false,
  scopeAuth: {
    authorizeOnSubscribe: true,
    authScopes: grantsOf,
    unauthorizedError: (_parent, context, info, { failure }) => refusal(context, info, failure),
  },
  relay: {
    cursorType: 'String',
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    nodeTypeOptions: {
      description: 'Anything with a stable, prefixed, globally unique id (`job_01JD…`).',
      resolveType: (node) => nodeTypeOf((node as { id: string }).id) ?? null,
    },
    idFieldOptions: { description: 'Stable, prefixed, globally unique.' },
    pageInfoTypeOptions: { description: 'Where a page lies in its list.' },
    hasNextPageFieldOptions: { description: 'Whether more follows this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether something comes before this page.' },
    startCursorFieldOptions: { description: 'Cursor of the first edge; null on an empty page.' },
    endCursorFieldOptions: { description: 'Cursor of the last edge, to be sent as `after` for the next page.' },
    pageInfoFieldOptions: { description: 'Where this page lies.' },
    edgesFieldOptions: { nullable: false, description: 'The nodes of this page with their cursors.' },
    nodeFieldOptions: { nullable: false, description: 'What stands at this place.' },
    nodesOnConnection: { description: 'The nodes of this page, without cursors.' },
    cursorFieldOptions: { description: 'Position of this edge: `after` it follows the rest.' },
    firstArgOptions: {
      description: 'How many from the start, at most 100; 25 when neither `first` nor `last` is given.',
    },
    afterArgOptions: { description: 'Only what comes after this cursor.' },
    lastArgOptions: { description: 'How many from the end, at most 100. Not together with `first`.' },
    beforeArgOptions: { description: 'Only what comes before this cursor.' },
  },
});

builder.queryType({ description: 'What can be read.', authScopes: { token: true } });
builder.mutationType({ description: 'What can be changed or started.', authScopes: { token: true } });
builder.subscriptionType({
  description:
    'The tail of the stored event log. `after` resumes behind a cursor: nothing is lost and nothing comes twice. Without it, what happens from now on.',
  authScopes: { token: true },
});
