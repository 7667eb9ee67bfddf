import { readFileSync, statSync } from 'node:fs';
import { UsageError } from '../exit.ts';
import type { Session } from './session.ts';

/** The Client ID and Client Secret of an Upwork API key, on their way to the server. */
export interface Credentials {
  clientId: string;
  clientSecret: string;
}

const sources =
  'Give them with --credentials-file <json>, as two lines on standard input, or with UPWORK_CLIENT_ID and UPWORK_CLIENT_SECRET_FILE.';

/** Reads `--credentials-file`: JSON with clientId and clientSecret, or two lines; `-` is standard input. Throws UsageError. */
export async function readCredentialsFile(path: string, { shell, note }: Session): Promise<Credentials> {
  if (path === '-') return readCredentialLines(() => shell.readLine());
  const text = readOwnFile(path);
  if (statSync(path).mode & 0o077) note(`Warning: others may read ${path}. Run: chmod 600 ${path}`);
  return parseCredentials(text);
}

/** Credentials where the server holds none: from the environment, else asked for, else two lines of standard input. Throws UsageError. */
export async function findCredentials({ shell }: Session): Promise<Credentials> {
  const { UPWORK_CLIENT_ID: clientId, UPWORK_CLIENT_SECRET_FILE: secretFile } = shell.env;
  if (clientId && secretFile) return checkCredentials(clientId, readOwnFile(secretFile));
  if (!shell.isTTY) return readCredentialLines(() => shell.readLine());
  const typedId = await shell.askSecret('Client ID of your Upwork API key');
  const typedSecret = typedId === undefined ? undefined : await shell.askSecret('Client Secret');
  return checkCredentials(typedId, typedSecret);
}

/** Credentials from a file's text: JSON with clientId and clientSecret (or client_id, client_secret), or two lines. Throws UsageError. */
export function parseCredentials(text: string): Credentials {
  if (!text.trimStart().startsWith('{')) {
    const [clientId, clientSecret] = text.split(/\r?\n/);
    return checkCredentials(clientId, clientSecret);
  }
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new UsageError('The credentials file is not valid JSON. Expected {"clientId": "…", "clientSecret": "…"}.');
  }
  return checkCredentials(fields['clientId'] ?? fields['client_id'], fields['clientSecret'] ?? fields['client_secret']);
}

async function readCredentialLines(readLine: () => Promise<string | undefined>): Promise<Credentials> {
  const first = await readLine();
  if (first?.trimStart().startsWith('{')) {
    const lines = [first];
    for (let line = await readLine(); line !== undefined; line = await readLine()) lines.push(line);
    return parseCredentials(lines.join('\n'));
  }
  return checkCredentials(first, await readLine());
}

function checkCredentials(clientId: unknown, clientSecret: unknown): Credentials {
  if (typeof clientId !== 'string' || typeof clientSecret !== 'string' || !clientId.trim() || !clientSecret.trim()) {
    throw new UsageError(`Client ID and Client Secret of your Upwork API key are needed. ${sources}`);
  }
  return { clientId: clientId.trim(), clientSecret: clientSecret.trim() };
}

function readOwnFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new UsageError(`Cannot read ${path} (${code}).`);
  }
}
