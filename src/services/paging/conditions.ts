import type { InstantRange } from '../jobs/model.ts';

/** Conditions of a list, joined by AND, with the values they name. */
export interface Conditions {
  /** The column holds one of these; an absent or empty list asks for nothing. */
  among(column: string, wanted: readonly string[] | undefined): Conditions;
  /** The column holds this. */
  is(column: string, wanted: string | undefined): Conditions;
  /** The instant of the column lies within. */
  within(column: string, range: InstantRange | undefined): Conditions;
  readonly text: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** No condition yet. Columns are our own names, never input. */
export function createConditions(): Conditions {
  const parts = ['1'];
  const values: Record<string, string | number> = {};
  const conditions: Conditions = {
    among: (column, wanted) => {
      if (!wanted || wanted.length === 0) return conditions;
      parts.push(`${column} IN (SELECT value FROM json_each(@${column}))`);
      values[column] = JSON.stringify(wanted);
      return conditions;
    },
    is: (column, wanted) => {
      if (wanted === undefined) return conditions;
      parts.push(`${column} = @${column}`);
      values[column] = wanted;
      return conditions;
    },
    within: (column, range) => {
      const bound = (name: string, comparison: string, instant: Date | undefined) => {
        if (!instant) return;
        parts.push(`${column} ${comparison} @${column}_${name}`);
        values[`${column}_${name}`] = instant.getTime();
      };
      bound('gte', '>=', range?.gte);
      bound('lt', '<', range?.lt);
      return conditions;
    },
    get text() {
      return parts.join(' AND ');
    },
    values,
  };
  return conditions;
}
