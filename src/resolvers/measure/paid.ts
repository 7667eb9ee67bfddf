import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  type SelectionSetNode,
} from 'graphql';
import { collectFields } from './collect-fields.ts';
import { argumentsOf, lookUpsOf, type MeasuredOperation, openOperation, possibleTypes } from './operation.ts';
import { fieldPrice } from './prices.ts';

/**
 * Points an operation has taken, by its answer: the prices of its measure, for the things that are there instead of those that there could be
 * (issue 11, point 3). Never more than it was measured at.
 */
export function createPaid(schema: GraphQLSchema): (operation: MeasuredOperation, data: unknown) => number {
  return (asked, data) => {
    const opened = openOperation(schema, asked);
    if (!opened) return 0;
    const { operation, root, collecting } = opened;
    const collected = new Map<GraphQLObjectType, Map<string, ReturnType<typeof collectFields>>>();
    const numbers = new Map<SelectionSetNode, number>();
    const numberOf = (set: SelectionSetNode) => {
      const number = numbers.get(set) ?? numbers.size;
      numbers.set(set, number);
      return number;
    };
    const fieldsOf = (sets: readonly SelectionSetNode[], type: GraphQLObjectType) => {
      const ofType = collected.get(type) ?? new Map<string, ReturnType<typeof collectFields>>();
      collected.set(type, ofType);
      const key = sets.map(numberOf).join(' ');
      const fields = ofType.get(key) ?? collectFields(collecting, sets, type);
      ofType.set(key, fields);
      return fields;
    };

    const ofObject = (sets: readonly SelectionSetNode[], type: GraphQLObjectType, value: object): number => {
      let points = 0;
      for (const [key, nodes] of fieldsOf(sets, type))
        points += ofField(nodes, type, (value as Record<string, unknown>)[key]);
      return points;
    };

    const ofField = (nodes: readonly FieldNode[], parent: GraphQLObjectType, value: unknown): number => {
      const [node] = nodes;
      const field = node && parent.getFields()[node.name.value];
      const args = field && argumentsOf(field, node, collecting.variables);
      if (!field || !args) return 0;
      const type = getNamedType(field.type);
      const price = lookUpsOf(args) * fieldPrice(parent, field, { isLeaf: isLeafType(type), args });
      const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
      return sets.length === 0 ? price : price + ofValue(sets, possibleTypes(schema, type), value);
    };

    const ofValue = (
      sets: readonly SelectionSetNode[],
      types: readonly GraphQLObjectType[],
      value: unknown,
    ): number => {
      if (Array.isArray(value)) return value.reduce<number>((points, item) => points + ofValue(sets, types, item), 0);
      if (typeof value !== 'object' || value === null) return 0;
      const named = (value as { __typename?: unknown }).__typename;
      const type = types.find(({ name }) => name === named);
      // Which of the types of an interface it is, only `__typename` says: else it counts as the dearest.
      return Math.max(0, ...(type ? [type] : types).map((possible) => ofObject(sets, possible, value)));
    };

    return typeof data === 'object' && data !== null ? Math.round(ofObject([operation.selectionSet], root, data)) : 0;
  };
}
