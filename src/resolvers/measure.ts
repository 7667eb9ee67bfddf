import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { defaultPageSize } from '../schema/page.ts';

/** What an operation costs at most, before it is run. */
export interface Measure {
  /** Points: leaf fields 0, all others 1, what stands in a connection as often as its page has places (CONVENTIONS §9). */
  readonly complexity: number;
  /** Fields inside fields. */
  readonly depth: number;
  /** Nodes that connections and look-ups may give at most. */
  readonly nodeCount: number;
}

/** An operation as it came. */
export interface MeasuredOperation {
  /** Valid against the schema. */
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

const nothing: Measure = { complexity: 0, depth: 0, nodeCount: 0 };

/**
 * Makes the measure of operations on this schema. Introspection costs nothing and is not deep. Of fragments that exclude each other (the types of an
 * interface) the dearest counts, since only one of them is run. What execution refuses before it begins (an unknown operation name, variables that
 * do not fit) measures nothing.
 */
export function createMeasure(schema: GraphQLSchema): (operation: MeasuredOperation) => Measure {
  return ({ document, operationName, variables }) => {
    const operation = getOperationAST(document, operationName);
    const root = operation && schema.getRootType(operation.operation);
    if (!root) return nothing;
    const values = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {}, { maxErrors: 1 });
    if (values.errors) return nothing;
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    return createWalk(schema, fragments, values.coerced)(operation.selectionSet, root, 1);
  };
}

type Walk = (set: SelectionSetNode, type: GraphQLObjectType, places: number) => Measure;

/** Each selection set is measured once per type, so that fragments inside fragments cannot make it long. */
function createWalk(
  schema: GraphQLSchema,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Record<string, unknown>,
): Walk {
  const known = new Map<SelectionSetNode, Map<string, Measure>>();

  const walk: Walk = (set, type, places) => {
    const key = `${type.name} ${places}`;
    const measured = known.get(set)?.get(key);
    if (measured) return measured;
    const measure = set.selections.reduce((total, selection) => {
      if (selection.kind === Kind.FIELD) return plus(total, fieldOf(selection, type, places));
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (!fragment || !fits(schema, fragment.typeCondition?.name.value, type)) return total;
      return plus(total, walk(fragment.selectionSet, type, places));
    }, nothing);
    known.set(set, (known.get(set) ?? new Map()).set(key, measure));
    return measure;
  };

  const fieldOf = (node: FieldNode, parent: GraphQLObjectType, places: number): Measure => {
    const field = parent.getFields()[node.name.value];
    if (!field) return nothing;
    const type = getNamedType(field.type);
    if (isLeafType(type) || !node.selectionSet) return { ...nothing, depth: 1 };
    const args = argumentsOf(field, node, variables);
    if (!args) return nothing;
    const inPage = isConnection(parent) && (field.name === 'edges' || field.name === 'nodes');
    const free = inPage || (parent.name.endsWith('Edge') && field.name === 'node');
    const times = inPage ? places : countOf(args, 'ids');
    const size = type.name.endsWith('Connection') ? pageSizeOf(args, field) : 1;
    const set = node.selectionSet;
    const inner = possibleTypes(schema, type).map((possible) => {
      const { complexity, depth, nodeCount } = walk(set, possible, size);
      const isNode = possible.getInterfaces().some(({ name }) => name === 'Node');
      return { complexity, depth, nodeCount: nodeCount + (isNode ? 1 : 0) };
    });
    const dearest = inner.reduce(most, nothing);
    return {
      complexity: times * dearest.complexity + (free ? 0 : times),
      depth: dearest.depth + 1,
      nodeCount: times * dearest.nodeCount,
    };
  };

  return walk;
}

/** Undefined where they do not fit: such a field is refused when it is its turn. */
function argumentsOf(
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

function pageSizeOf(args: Record<string, unknown>, { args: known }: GraphQLField<unknown, unknown>): number {
  const asked = args['first'] ?? args['last'];
  if (typeof asked === 'number') return Math.max(0, asked);
  const usual = known.find(({ name }) => name === 'first')?.defaultValue;
  return typeof usual === 'number' ? usual : defaultPageSize;
}

/** Look-ups by a list of ids do as many look-ups as it has ids. */
function countOf(args: Record<string, unknown>, name: string): number {
  const list = args[name];
  return Array.isArray(list) ? list.length : 1;
}

function isConnection({ name }: GraphQLObjectType): boolean {
  return name.endsWith('Connection');
}

function fits(schema: GraphQLSchema, condition: string | undefined, type: GraphQLObjectType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = schema.getType(condition);
  return isCompositeType(wanted) && isAbstractType(wanted) && schema.isSubType(wanted, type);
}

function possibleTypes(schema: GraphQLSchema, type: unknown): readonly GraphQLObjectType[] {
  if (isObjectType(type)) return [type];
  return isCompositeType(type) && isAbstractType(type) ? schema.getPossibleTypes(type) : [];
}

function plus(a: Measure, b: Measure): Measure {
  return {
    complexity: a.complexity + b.complexity,
    depth: Math.max(a.depth, b.depth),
    nodeCount: a.nodeCount + b.nodeCount,
  };
}

function most(a: Measure, b: Measure): Measure {
  return {
    complexity: Math.max(a.complexity, b.complexity),
    depth: Math.max(a.depth, b.depth),
    nodeCount: Math.max(a.nodeCount, b.nodeCount),
  };
}
