import {
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isSpecifiedScalarType,
} from 'graphql';
import type { AuditValue } from '../../services/audit/model.ts';

/**
 * What an entry says of the arguments: which were given, and of these the switches, the enum values and how long lists are. Texts never: they may be
 * a secret, or somebody's content.
 */
export function detailsOf(
  { args: known }: Pick<GraphQLField<unknown, unknown>, 'args'>,
  args: Readonly<Record<string, unknown>>,
): Readonly<Record<string, AuditValue>> {
  const values: Record<string, AuditValue> = {};
  const given: string[] = [];
  const note = (name: string, type: GraphQLInputType, value: unknown) => {
    if (value === undefined) return;
    given.push(name);
    const told = tell(type, value);
    if (told !== undefined) values[name] = told;
  };
  for (const { name, type } of known) {
    const object = getNamedType(type);
    if (name === 'input' && isInputObjectType(object)) {
      const input = (args[name] ?? {}) as Readonly<Record<string, unknown>>;
      for (const field of Object.values(object.getFields())) note(field.name, field.type, input[field.name]);
    } else note(name, type, args[name]);
  }
  return { ...values, ...(given.length > 0 && { given }) };
}

function tell(declared: GraphQLInputType, value: unknown): AuditValue | undefined {
  if (value === null) return null;
  const type = getNullableType(declared);
  const named = getNamedType(type);
  if (isListType(type) && Array.isArray(value)) return isEnumType(named) ? value.map(String) : value.length;
  if (isEnumType(named)) return String(value);
  return isSpecifiedScalarType(named) && typeof value === 'boolean' ? value : undefined;
}
