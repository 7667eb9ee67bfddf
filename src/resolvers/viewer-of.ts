import { GraphQLError } from 'graphql';
import type { Context } from '../schema/context.ts';
import type { Viewer } from '../services/access/model.ts';

/** The viewer of an operation that passed authorization. @throws GraphQLError UNAUTHENTICATED where there is none after all */
export function viewerOf({ viewer }: Context): Viewer {
  if (!viewer) throw new GraphQLError('This needs a token.', { extensions: { code: 'UNAUTHENTICATED' } });
  return viewer;
}
