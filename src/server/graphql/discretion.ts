import {
  type DocumentNode,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  type Location,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** Keeps what may be a secret out of errors about the shape of an operation (issue 19, letter P). */
export interface Discretion {
  /** An error of the parser for this source. */
  ofSyntax(source: string, error: GraphQLError): GraphQLError;
  /** Errors of validation. */
  ofDocument(document: DocumentNode, errors: readonly GraphQLError[]): readonly GraphQLError[];
  /** Errors of coercing variables. */
  ofVariables(document: DocumentNode, errors: readonly GraphQLError[]): readonly GraphQLError[];
}

/** Where values may be secret: stretches of the source, and variables. */
interface Sensitive {
  readonly places: readonly Location[];
  readonly variables: ReadonlySet<string>;
}

/** Whether an input of this type has a marked field, or holds one that has. */
export function holdsSecret(type: GraphQLInputType, seen: ReadonlySet<string> = new Set()): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named) || seen.has(named.name)) return false;
  const inside = new Set([...seen, named.name]);
  return Object.values(named.getFields()).some((field) => isMarked(field) || holdsSecret(field.type, inside));
}

/** Whether this input itself is marked. */
export function isMarked({ extensions }: { readonly extensions: Readonly<Record<string, unknown>> }): boolean {
  return extensions['prospectorSecret'] === true;
}

/** What graphql-js says of variables without repeating anything that was sent. */
const harmless = [
  /Field "\w+" of required type "[^"]+" was not provided\./,
  /Expected type "[^"]+" to be an object\./,
  /Expected non-nullable type "[^"]+" not to be null\./,
  /was not provided\.$/,
];

export function createDiscretion(schema: GraphQLSchema): Discretion {
  const fields = inputFieldNames(schema);
  const names = new RegExp(`\\b(?:${[...tellingNames(schema)].join('|')})\\b`);
  return {
    ofSyntax: (source, error) => {
      const values = error.message.replace(/\b(String|BlockString|Int|Float) "(?:[^"\\]|\\.)*"/gs, 'a value');
      const message = names.test(source) ? values.replace(/\bName "[^"]*"/g, 'a name') : values;
      return retold(error, message);
    },
    ofDocument: (document, errors) => {
      if (errors.length === 0) return errors;
      const { places } = sensitiveIn(schema, document);
      return errors.map((error) => {
        const isInside = error.nodes?.some(({ loc }) => loc && places.some((place) => isWithin(loc, place)));
        return isInside ? retold(error, `A value does not fit its type. ${notRepeated}`) : error;
      });
    },
    ofVariables: (document, errors) => {
      if (errors.length === 0) return errors;
      const { variables } = sensitiveIn(schema, document);
      return errors.map((error) => {
        const name = /^Variable "\$(\w+)"/.exec(error.message)?.[1];
        if (name === undefined || !variables.has(name)) return error;
        const told = / at "([\w.[\]]+)"; (?!.* at "[\w.[\]]+"; )/s.exec(error.message)?.[1];
        const place = told && isPathOf(told, name, fields) ? told : name;
        const reason = harmless.map((known) => known.exec(error.message)?.[0]).find((found) => found !== undefined);
        const said = reason?.startsWith('was') ? `It ${reason}` : (reason ?? 'It does not fit its type.');
        return retold(error, `Variable "$${name}" is not valid at "${place}": ${said} ${notRepeated}`);
      });
    },
  };
}

const notRepeated = 'What was sent is not repeated here, since a secret may stand in it.';

/** Names that stand beside secrets: of marked inputs and of whatever holds them. */
function tellingNames(schema: GraphQLSchema): Set<string> {
  const names = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isInputObjectType(type) || !holdsSecret(type)) continue;
    names.add(type.name);
    for (const field of Object.values(type.getFields()))
      if (isMarked(field) || holdsSecret(field.type)) names.add(field.name);
  }
  for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
    for (const field of Object.values(root?.getFields() ?? {}))
      if (field.args.some((argument) => isMarked(argument) || holdsSecret(argument.type))) names.add(field.name);
  return names;
}

function sensitiveIn(schema: GraphQLSchema, document: DocumentNode): Sensitive {
  const places: Location[] = [];
  const variables = new Set<string>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      VariableDefinition: ({ variable, type, defaultValue }) => {
        const wanted = typeFromAST(schema, type as never);
        if (!wanted || !holdsSecret(wanted as GraphQLInputType)) return;
        variables.add(variable.name.value);
        if (defaultValue?.loc) places.push(defaultValue.loc);
      },
      Argument: ({ value }) => {
        const argument = types.getArgument();
        if (!argument || !(isMarked(argument) || holdsSecret(argument.type))) return;
        if (value.loc) places.push(value.loc);
        visit(value, { Variable: ({ name }) => void variables.add(name.value) });
      },
    }),
  );
  return { places, variables };
}

/** Whether this is the variable and names of the schema: a value that looks like a place is none. */
function isPathOf(place: string, variable: string, fields: ReadonlySet<string>): boolean {
  const [first, ...rest] = place.replace(/\[\d+\]/g, '').split('.');
  return first === variable && rest.every((name) => fields.has(name));
}

function inputFieldNames(schema: GraphQLSchema): Set<string> {
  const types = Object.values(schema.getTypeMap()).filter(isInputObjectType);
  return new Set(types.flatMap((type) => Object.keys(type.getFields())));
}

function isWithin(inner: Location, outer: Location): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/** The same error in other words; the words of the first stay nowhere in it. */
function retold(error: GraphQLError, message: string): GraphQLError {
  if (message === error.message) return error;
  return new GraphQLError(message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    extensions: error.extensions,
  });
}
