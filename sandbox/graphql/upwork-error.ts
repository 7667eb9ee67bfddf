import { GraphQLError } from 'graphql';

/** An error with Upwork's `extensions.classification`. */
export function refusal(message: string, classification: string): GraphQLError {
  return new GraphQLError(message, { extensions: { classification } });
}
