import { DomainError } from '../failures/model.ts';

/** @throws DomainError NOT_FOUND always */
export function refuseUnknown(what: 'job' | 'proposal', id: string, path: readonly string[]): never {
  throw new DomainError({
    type: 'NotFoundError',
    code: 'NOT_FOUND',
    message: `There is no ${what} ${id.slice(0, 60)}.`,
    path: ['input', ...path],
    nodeId: id,
  });
}
