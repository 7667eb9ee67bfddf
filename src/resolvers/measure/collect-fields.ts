import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLDirective,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  isCompositeType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What fields of an operation are collected with. */
export interface Collecting {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Coerced. */
  readonly variables: Record<string, unknown>;
}

/**
 * The fields that execution would run on `type`, by the name under which they answer: the same field of several
 * fragments is one, what `@skip` or `@include` leaves out is none (issue 11, point 3).
 */
export function collectFields(
  { schema, fragments, variables }: Collecting,
  sets: readonly SelectionSetNode[],
  type: GraphQLObjectType,
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const seen = new Set<string>();
  const collect = (selection: SelectionNode): void => {
    if (!isRun(selection, variables)) return;
    if (selection.kind === Kind.FIELD) {
      const key = (selection.alias ?? selection.name).value;
      fields.set(key, [...(fields.get(key) ?? []), selection]);
      return;
    }
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      if (seen.has(selection.name.value)) return;
      seen.add(selection.name.value);
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (fragment && fits(schema, fragment.typeCondition?.name.value, type))
      for (const inner of fragment.selectionSet.selections) collect(inner);
  };
  for (const { selections } of sets) for (const selection of selections) collect(selection);
  return fields;
}

function isRun(node: SelectionNode, variables: Record<string, unknown>): boolean {
  const ifOf = (directive: GraphQLDirective) => getDirectiveValues(directive, node, variables)?.['if'];
  return ifOf(GraphQLSkipDirective) !== true && ifOf(GraphQLIncludeDirective) !== false;
}

function fits(schema: GraphQLSchema, condition: string | undefined, type: GraphQLObjectType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = schema.getType(condition);
  return isCompositeType(wanted) && isAbstractType(wanted) && schema.isSubType(wanted, type);
}
