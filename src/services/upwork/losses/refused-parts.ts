import { type DocumentNode, Kind, visit } from 'graphql';
import type { QueryObjection } from '../model.ts';

/** A name in quotes, as both graphql-js and graphql-java write it. */
const quoted = /["'`](\w+)["'`]/g;
/** `FieldUndefined@[a/b/c]` (graphql-java 16 and later) or `@ 'a/b/c'` (before). */
const slashed = /@\s?(?:\[|')([\w/]+)(?:\]|')/;
const inputField = [
  /field "(\w+)" is not defined by type/i,
  /contains a field (?:name )?(?:not in '\w+': )?'(\w+)'/i,
] as const;

/**
 * The parts of a document that Upwork refused to know, as paths of names from the operation down (`user.email`), each once: by the place that an
 * objection points to, else by the path it names, else by the names in its words. Parts of the filter are `filter.<name>`.
 */
export function refusedParts(document: DocumentNode, objections: readonly QueryObjection[]): string[] {
  const fields = fieldsOf(document);
  const found = objections.flatMap((objection) => {
    const input = inputField.map((words) => words.exec(objection.message)?.[1]).find((name) => name !== undefined);
    return input === undefined ? fieldsMeant(fields, objection) : [`filter.${input}`];
  });
  return [...new Set(found)];
}

function fieldsMeant(fields: readonly PlacedField[], { message, locations }: QueryObjection): string[] {
  const names = [...message.matchAll(quoted)].map(([, name]) => name);
  const pointedAt = fields.filter(
    ({ line, column, name }) =>
      names.includes(name) && locations.some((place) => place.line === line && place.column === column),
  );
  if (pointedAt.length > 0) return pointedAt.map(({ path }) => path);
  const told = slashed.exec(message)?.[1]?.replaceAll('/', '.');
  const atPath = fields.filter(({ path }) => path === told);
  if (atPath.length > 0) return atPath.map(({ path }) => path);
  // "Cannot query field "x" on type "Y"" and "Field 'x' in type 'Y' is undefined" both name the field first.
  return fields.filter(({ name }) => name === names[0]).map(({ path }) => path);
}

interface PlacedField {
  readonly path: string;
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** Every field with its path and its place in the text. */
function fieldsOf(document: DocumentNode): PlacedField[] {
  const fields: PlacedField[] = [];
  const path: string[] = [];
  visit(document, {
    [Kind.FIELD]: {
      enter: ({ name, loc }) => {
        path.push(name.value);
        const { line = 0, column = 0 } = loc?.startToken ?? {};
        fields.push({ path: path.join('.'), name: name.value, line, column });
      },
      leave: () => void path.pop(),
    },
  });
  return fields;
}
