import { DomainError, type UserFailure } from '../../failures/model.ts';
import type { Credentials } from '../../upwork/model.ts';
import type { ConnectInput } from '../model.ts';

/** What `connect` was asked for, checked. */
export interface ConnectWish {
  readonly credentials?: Credentials;
  readonly returnTo?: string;
}

/**
 * Checks what a caller gave. Credentials lose the spaces that copying adds; `returnTo` is a path on this server and nothing else (F126).
 * @throws DomainError VALIDATION naming every place
 */
export function checkConnectInput({ credentials, returnTo }: ConnectInput, publicUrl: string): ConnectWish {
  const failures: UserFailure[] = [];
  const checked = credentials && {
    clientId: checkCredential(credentials.clientId, 'clientId', failures),
    clientSecret: checkCredential(credentials.clientSecret, 'clientSecret', failures),
  };
  const path = returnTo === undefined ? undefined : pathOnThisServer(returnTo, publicUrl);
  if (returnTo !== undefined && path === undefined)
    failures.push(
      invalid(
        ['input', 'returnTo'],
        'PATH',
        'returnTo is a path on this server, such as /settings.',
        'a path that begins with one slash',
      ),
    );
  if (failures.length > 0) throw new DomainError(failures);
  return { ...(checked && { credentials: checked }), ...(path !== undefined && { returnTo: path }) };
}

function checkCredential(given: string, name: 'clientId' | 'clientSecret', failures: UserFailure[]): string {
  const value = given.trim();
  if (!/^[\x21-\x7e]{1,500}$/.test(value))
    failures.push(
      invalid(
        ['input', 'credentials', name],
        'FORMAT',
        `${name} is not what Upwork shows for a key: copy it again, without spaces or line breaks inside.`,
        '1 to 500 printable characters without spaces',
      ),
    );
  return value;
}

/** The path, query and fragment of an address on this server; undefined for anything that a browser might read as another place. */
function pathOnThisServer(returnTo: string, publicUrl: string): string | undefined {
  if (!/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(returnTo) || returnTo.length > 2_000) return undefined;
  const origin = new URL(publicUrl).origin;
  const url = new URL(returnTo, origin);
  const path = `${url.pathname}${url.search}${url.hash}`;
  // Dots are resolved by now: "/.//host" has become "//host".
  return url.origin === origin && !path.startsWith('//') ? path : undefined;
}

function invalid(path: readonly string[], constraint: string, message: string, expected: string): UserFailure {
  return { type: 'ValidationError', code: 'VALIDATION', message, path, constraint, expected };
}
