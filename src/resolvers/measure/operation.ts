import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { Collecting } from './collect-fields.ts';

/** An operation as it came. */
export interface MeasuredOperation {
  /** Valid against the schema. */
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** An operation with what its fields are collected with. */
export interface OpenedOperation {
  readonly operation: OperationDefinitionNode;
  readonly root: GraphQLObjectType;
  readonly collecting: Collecting;
}

/** Undefined for what execution refuses before it begins: an unknown operation name, variables that do not fit. */
export function openOperation(
  schema: GraphQLSchema,
  { document, operationName, variables }: MeasuredOperation,
): OpenedOperation | undefined {
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!root) return undefined;
  const values = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {}, { maxErrors: 1 });
  if (values.errors) return undefined;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  return { operation, root, collecting: { schema, fragments, variables: values.coerced } };
}

/** Undefined where they do not fit: such a field is refused when it is its turn. */
export function argumentsOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Record<string, unknown>,
): Record<string, unknown> | undefined {
  try {
    return getArgumentValues(field, node, variables);
  } catch {
    return undefined;
  }
}

/** Look-ups by a list of ids do as many look-ups as it has ids. */
export function lookUpsOf(args: Readonly<Record<string, unknown>>): number {
  const { ids } = args;
  return Array.isArray(ids) ? ids.length : 1;
}

/** The object types that something of this type can be. */
export function possibleTypes(schema: GraphQLSchema, type: unknown): readonly GraphQLObjectType[] {
  if (isObjectType(type)) return [type];
  return isCompositeType(type) && isAbstractType(type) ? schema.getPossibleTypes(type) : [];
}
