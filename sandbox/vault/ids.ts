import { randomBytes, randomUUID } from 'node:crypto';
import type { Dialect } from './settings.ts';

/** A UUID, as secret_ids, accessors of secret_ids and request ids are. */
export const uuid = randomUUID;

/** A new token of the dialect: `hvs.…` or `s.…`, batch tokens with `b`. */
export function newTokenId(type: 'service' | 'batch', dialect: Dialect): string {
  const letter = type === 'batch' ? 'b' : 's';
  const prefix = dialect === 'vault' ? `hv${letter}.` : `${letter}.`;
  const length = type === 'batch' ? 100 : dialect === 'vault' ? 90 : 24;
  return prefix + letters(length);
}

/** Letters and digits nobody guesses. */
export function letters(length: number): string {
  let text = '';
  while (text.length < length)
    text += randomBytes(length)
      .toString('base64')
      .replace(/[^A-Za-z0-9]/g, '');
  return text.slice(0, length);
}
