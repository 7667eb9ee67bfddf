import {
  type DocumentNode,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
  parse,
} from 'graphql';

type Field = GraphQLField<unknown, unknown>;

/** Scalars the stream does without: they stand for what the platform sent raw. */
const leftOut = ['JSONObject', 'JSON'];

/**
 * The subscription behind `/events`: each kind of event with its own scalar fields, and its subjects (`job`,
 * `platformStatus`, …) with theirs. Made from the schema, so that a new kind of event is in the stream as soon as it is
 * there. To be run without validation: two kinds may have fields of one name and different types, which a document
 * written by hand would have to alias.
 */
export function createEventDocument(schema: GraphQLSchema): DocumentNode {
  const event = schema.getType('Event');
  const kinds = isInterfaceType(event) ? schema.getPossibleTypes(event) : [];
  const selections = kinds.map((kind) => {
    const fields = Object.values(kind.getFields()).filter(isPlain);
    return `... on ${kind.name} { ${[...namesOf(fields.filter(isScalar)), ...fields.flatMap(subjectOf)].join(' ')} }`;
  });
  return parse(
    'subscription Events($types: [EventType!], $after: String) { events(types: $types, after: $after) { ' +
      `__typename ${selections.join(' ')} } }`,
    { noLocation: true },
  );
}

function subjectOf(field: Field): string[] {
  const type = nullable(field.type);
  if (!isObjectType(type)) return [];
  const scalars = Object.values(type.getFields()).filter((inner) => isPlain(inner) && isScalar(inner));
  return scalars.length > 0 ? [`${field.name} { ${namesOf(scalars).join(' ')} }`] : [];
}

function namesOf(fields: readonly Field[]): string[] {
  return fields.map(({ name }) => name);
}

function isPlain({ args }: Field): boolean {
  return args.length === 0;
}

/** Scalars, enums, and lists of them. */
function isScalar({ type }: Field): boolean {
  const named = getNamedType(type);
  return isLeafType(named) && !leftOut.includes(named.name);
}

function nullable(type: GraphQLOutputType): GraphQLOutputType {
  return isNonNullType(type) ? type.ofType : type;
}
