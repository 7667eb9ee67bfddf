import { builder } from './builder.ts';

/**
 * An enum whose every value says what it means.
 * @param values what each value means; write `satisfies Record<Union, string>` so that none of a model's values is forgotten
 */
export function describedEnum<const Values extends Readonly<Record<string, string>>>(
  name: string,
  description: string,
  values: Values,
) {
  const entries = Object.entries(values).map(([value, meaning]) => [value, { description: meaning }]);
  return builder.enumType(name, {
    description,
    values: Object.fromEntries(entries) as { [Value in keyof Values & string]: { description: string } },
  });
}
