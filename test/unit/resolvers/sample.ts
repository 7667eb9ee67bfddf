import { type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';

const scalars: Record<string, unknown> = {
  Boolean: true,
  Int: 1,
  Float: 1,
  Duration: 'PT1H',
  DateTimeOrDuration: '-P1D',
  Decimal: '1',
};

/** The smallest value, as JSON, that an input of this type takes. */
export function sample(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sample(type.ofType);
  if (isListType(type)) return [sample(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return scalars[type.name] ?? 'x';
  const fields = Object.values(type.getFields());
  const needed = type.isOneOf
    ? fields.filter((field) => isInputObjectType(field.type)).slice(0, 1)
    : fields.filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
  return Object.fromEntries(needed.map((field) => [field.name, sample(field.type)]));
}
