import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  type SelectionSetNode,
} from 'graphql';
import { defaultPageSize } from '../../schema/page.ts';
import { type Collecting, collectFields } from './collect-fields.ts';
import { argumentsOf, lookUpsOf, type MeasuredOperation, openOperation, possibleTypes } from './operation.ts';
import { fieldPrice, isConnection, isOfPage, sizeOf } from './prices.ts';

/** What an operation costs at most, before it is run. */
export interface Measure {
  /**
   * Points: what `prices.ts` says, else 1 and for leaf fields 0; what stands in a list as often as that can hold
   * (CONVENTIONS §9).
   */
  readonly complexity: number;
  /** Fields inside fields. */
  readonly depth: number;
  /** Nodes that connections and look-ups may give at most. */
  readonly nodeCount: number;
}

const nothing: Measure = { complexity: 0, depth: 0, nodeCount: 0 };

/**
 * Makes the measure of operations on this schema. Introspection costs nothing and is not deep. Of fragments that
 * exclude each other (the types of an interface) the dearest counts, since only one of them is run. What execution
 * refuses before it begins (an unknown operation name, variables that do not fit) measures nothing.
 */
export function createMeasure(schema: GraphQLSchema): (operation: MeasuredOperation) => Measure {
  return (asked) => {
    const opened = openOperation(schema, asked);
    return opened ? createWalk(opened.collecting)([opened.operation.selectionSet], opened.root, 1) : nothing;
  };
}

type Walk = (sets: readonly SelectionSetNode[], type: GraphQLObjectType, places: number) => Measure;

/** The same selections are measured once per type, so that fragments inside fragments cannot make it long. */
function createWalk(collecting: Collecting): Walk {
  const known = new Map<string, Measure>();
  const numbers = new Map<SelectionSetNode, number>();
  const numberOf = (set: SelectionSetNode) => {
    const number = numbers.get(set) ?? numbers.size;
    numbers.set(set, number);
    return number;
  };

  const walk: Walk = (sets, type, places) => {
    const key = `${type.name} ${places} ${sets.map(numberOf).join(' ')}`;
    const measured = known.get(key);
    if (measured) return measured;
    const fields = [...collectFields(collecting, sets, type).values()];
    const measure = fields.reduce((total, nodes) => plus(total, fieldOf(nodes, type, places)), nothing);
    known.set(key, measure);
    return measure;
  };

  const fieldOf = (nodes: readonly FieldNode[], parent: GraphQLObjectType, places: number): Measure => {
    const [node] = nodes;
    const field = node && parent.getFields()[node.name.value];
    if (!node || !field) return nothing;
    const type = getNamedType(field.type);
    const args = argumentsOf(field, node, collecting.variables);
    if (!args) return isLeafType(type) ? { ...nothing, depth: 1 } : nothing;
    const price = fieldPrice(parent, field, { isLeaf: isLeafType(type), args });
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (isLeafType(type) || sets.length === 0) return { complexity: price, depth: 1, nodeCount: 0 };
    const ids = lookUpsOf(args);
    const asked = isPaged(field) && !isConnection(type) ? pageSizeOf(args, field) : undefined;
    const times = isOfPage(parent, field) ? places : ids * (asked ?? sizeOf(parent, field) ?? 1);
    const size = isConnection(type) ? pageSizeOf(args, field) : 1;
    const inner = possibleTypes(collecting.schema, type).map((possible) => {
      const { complexity, depth, nodeCount } = walk(sets, possible, size);
      const isNode = possible.getInterfaces().some(({ name }) => name === 'Node');
      return { complexity, depth, nodeCount: nodeCount + (isNode ? 1 : 0) };
    });
    const dearest = inner.reduce(most, nothing);
    return {
      complexity: ids * price + times * dearest.complexity,
      depth: dearest.depth + 1,
      nodeCount: times * dearest.nodeCount,
    };
  };

  return walk;
}

function pageSizeOf(args: Record<string, unknown>, { args: known }: GraphQLField<unknown, unknown>): number {
  const asked = args['first'] ?? args['last'];
  if (typeof asked === 'number') return Math.max(0, asked);
  const usual = known.find(({ name }) => name === 'first')?.defaultValue;
  return typeof usual === 'number' ? usual : defaultPageSize;
}

/** A list, or a connection, that is asked for by the page. */
function isPaged({ args }: Pick<GraphQLField<unknown, unknown>, 'args'>): boolean {
  return args.some(({ name }) => name === 'first');
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
