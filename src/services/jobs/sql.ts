/** A piece of SQL and the values of its question marks, in order. */
export interface Sql {
  readonly text: string;
  readonly values: readonly (string | number | null)[];
}

/** A piece of SQL; what stands in `values` never becomes part of the text. */
export function sql(text: string, ...values: (string | number | null)[]): Sql {
  return { text, values };
}

/** Puts pieces together: `{0}`, `{1}` … in `template`, each once and in order, stand for them. */
export function compose(template: string, ...parts: Sql[]): Sql {
  return {
    text: template.replace(/\{(\d)\}/g, (_hole, index: string) => parts[Number(index)]?.text ?? ''),
    values: parts.flatMap(({ values }) => values),
  };
}

/** True when all are; true for none. */
export function allOf(conditions: readonly Sql[]): Sql {
  return join(conditions, ' AND ', '1');
}

/** True when one is; false for none. */
export function anyOf(conditions: readonly Sql[]): Sql {
  return join(conditions, ' OR ', '0');
}

/** True unless `condition` is, also where that is unknown. */
export function noneOf(condition: Sql): Sql {
  return compose('NOT coalesce({0}, 0)', condition);
}

/** Is the expression in the list? Unknown where the expression is null. */
export function isIn(expression: string, list: readonly (string | number)[]): Sql {
  return sql(`(${expression} IN (SELECT value FROM json_each(?)))`, JSON.stringify(list));
}

/** Several pieces with something between them, such as columns with commas. */
export function join(parts: readonly Sql[], separator: string, empty: string): Sql {
  if (parts.length === 0) return sql(empty);
  const text = parts.map((part) => part.text).join(separator);
  return { text: parts.length === 1 ? text : `(${text})`, values: parts.flatMap(({ values }) => values) };
}
