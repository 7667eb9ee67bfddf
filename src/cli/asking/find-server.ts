import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { NoServerError } from '../../client/errors.ts';
import { UsageError } from '../exit.ts';
import type { Shell } from '../shell.ts';

type Environment = Shell['env'];

/**
 * Address of the running server: `--url`, else PROSPECTOR_URL, else `server.json` in the home.
 * Throws UsageError for what is no http(s) address, NoServerError where the home names none.
 */
export function findServer(env: Environment, url: string | undefined): string {
  const given = url ?? (env['PROSPECTOR_URL'] || undefined);
  if (given !== undefined) return checkAddress(given, url === undefined ? 'PROSPECTOR_URL' : '--url');
  const path = join(homeOf(env), 'server.json');
  const named = readServerFile(path);
  if (named === undefined) throw new HomeWithoutServerError(path);
  return named;
}

/** The token to show: PROSPECTOR_TOKEN, else the file `owner-token` in the home, else none. */
export function findToken(env: Environment): string | undefined {
  return env['PROSPECTOR_TOKEN'] || readText(join(homeOf(env), 'owner-token'))?.trim() || undefined;
}

class HomeWithoutServerError extends NoServerError {
  constructor(path: string) {
    super('');
    this.message = `No Prospector server is running: ${path} names none.`;
  }
}

function homeOf(env: Environment): string {
  return env['PROSPECTOR_HOME'] || join(env['HOME'] || homedir(), '.ghoststack');
}

function checkAddress(address: string, source: string): string {
  const parsed = URL.canParse(address) ? new URL(address) : undefined;
  if (parsed && /^https?:$/.test(parsed.protocol) && !parsed.username && !parsed.password) {
    return `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}`;
  }
  throw new UsageError(`${source} must be an address such as http://127.0.0.1:4000, without a user or password.`);
}

function readServerFile(path: string): string | undefined {
  try {
    const { url } = JSON.parse(readText(path) ?? '{}') as { url?: unknown };
    return typeof url === 'string' && /^https?:\/\//.test(url) && URL.canParse(url) ? url : undefined;
  } catch {
    return undefined;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
