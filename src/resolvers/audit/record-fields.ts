import { GraphQLError, type GraphQLField, type GraphQLSchema } from 'graphql';
import type { Context } from '../../schema/context.ts';
import { RefusedError } from '../../services/failures/model.ts';
import { detailsOf } from './details.ts';
import { auditedQueries, type MutationRow, mutationTable } from './mutation-table.ts';

type Field = GraphQLField<unknown, Context>;
type Input = Readonly<Record<string, unknown>>;

/**
 * Wraps every mutation of the schema, and the queries that are written down, so that each leaves its entry in the audit trail with its outcome:
 * who asked, for what, by which request. Callers nobody knows leave none: they may do nothing, and could fill the trail.
 *
 * @throws Error for a mutation that `mutationTable` does not name
 */
export function recordFields(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const row = mutationTable[field.name];
    if (!row) throw new Error(`${field.name} has no row in mutation-table.ts.`);
    record(field, row);
  }
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const row = auditedQueries[field.name];
    if (row) record(field, row);
  }
  return schema;
}

function record(field: Field, row: Pick<MutationRow, 'action' | 'subject' | 'partly'>): void {
  const { resolve } = field;
  if (!resolve) throw new Error(`${field.name} has no resolver.`);
  field.resolve = async (root, args, context, info) => {
    const input = (args['input'] ?? {}) as Input;
    const write = (told: Told) => {
      if (!context.viewer) return;
      const subjectId = told.subjectId ?? idIn(input, row.subject?.input);
      context.services.audit.recordDone({
        actor: context.viewer.actor,
        action: row.action,
        outcome: told.outcome,
        details: { ...detailsOf(field, args), ...(told.codes && { codes: told.codes }) },
        requestId: context.requestId,
        ...(subjectId !== undefined && { subjectId }),
      });
    };
    try {
      const payload: unknown = await resolve(root, args, context, info);
      write(outcomeOf(payload, row));
      return payload;
    } catch (error) {
      write(failureOf(error));
      throw error;
    }
  };
}

/** What an entry says of how it went. */
interface Told {
  readonly outcome: 'done' | 'done in part' | 'refused' | 'failed';
  readonly codes?: readonly string[];
  readonly subjectId?: string;
}

function outcomeOf(payload: unknown, { subject, partly }: Pick<MutationRow, 'subject' | 'partly'>): Told {
  if (typeof payload !== 'object' || payload === null) return { outcome: 'done' };
  const fields = payload as Input;
  const errors = (fields['errors'] ?? []) as readonly { readonly code: string }[];
  const node = subject?.payload === undefined ? undefined : fields[subject.payload];
  const subjectId = idIn(node, 'id');
  const about = subjectId === undefined ? {} : { subjectId };
  if (errors.length === 0) return { outcome: 'done', ...about };
  const done = partly === undefined ? undefined : fields[partly];
  const outcome = Array.isArray(done) && done.length > 0 ? 'done in part' : 'refused';
  return { outcome, codes: [...new Set(errors.map(({ code }) => code))], ...about };
}

function failureOf(error: unknown): Told {
  if (error instanceof RefusedError) return { outcome: 'refused', codes: [error.code] };
  const code = error instanceof GraphQLError ? error.extensions['code'] : undefined;
  return typeof code === 'string' ? { outcome: 'refused', codes: [code] } : { outcome: 'failed' };
}

function idIn(holder: unknown, name: string | undefined): string | undefined {
  if (name === undefined || typeof holder !== 'object' || holder === null) return undefined;
  const id = (holder as Input)[name];
  return typeof id === 'string' ? id : undefined;
}
