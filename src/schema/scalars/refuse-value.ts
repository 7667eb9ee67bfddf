import { GraphQLError } from 'graphql';

/**
 * Refuses a value a client sent for a scalar. The value itself is not repeated: a URL may hold a code.
 * @param expected ends the sentence "… must be", with an example
 * @throws GraphQLError BAD_USER_INPUT, always
 */
export function refuseValue(scalar: string, expected: string): never {
  throw new GraphQLError(`${scalar} must be ${expected}.`, { extensions: { code: 'BAD_USER_INPUT' } });
}
