import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type LimitSettings, limitSettingsOf, limitVariables, wholeNumber } from './limit-settings.ts';
import { readSecretFile } from './secret-file.ts';

/** What the environment asks for, validated. The only reader of `process.env` is whoever calls `loadConfiguration` with it. */
export interface Configuration {
  readonly home: string;
  readonly preferencesFile: string;
  readonly databaseFile: string;
  readonly keyFile: string;
  readonly passphraseFile?: string;
  readonly host: string;
  readonly port: number;
  /** As given; else `http://localhost:<port>` once the port is known. */
  readonly publicUrl?: string;
  readonly allowedHosts: readonly string[];
  /** The owner's API token, when given rather than made. */
  readonly ownerToken?: string;
  readonly retentionMs: number;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly logFormat?: 'pretty' | 'json';
  readonly persistedDocuments: 'allow' | 'require';
  readonly introspection: boolean;
  readonly graphiql: boolean;
  /** Points of complexity a token has per hour. */
  readonly rateLimit: number;
  readonly limits: LimitSettings;
  /** The environment tells programs not to verify certificates. Prospector does not obey; its owner is told. */
  readonly tlsTrustIsOff: boolean;
  readonly upwork: {
    readonly credentials?: { readonly clientId: string; readonly clientSecret: string };
    readonly authorizeUrl: string;
    readonly tokenUrl: string;
    readonly graphqlUrl: string;
    readonly tenantId?: string;
    readonly pkce: boolean;
    /** True when every address is on loopback: seconds are then allowed as an interval. */
    readonly isSandbox: boolean;
  };
  readonly vault?: {
    readonly address: string;
    readonly token?: string;
    readonly tokenFile?: string;
    readonly roleId?: string;
    readonly secretId?: string;
    readonly secretIdFile?: string;
    readonly secretIdWrapped: boolean;
    readonly namespace?: string;
    readonly caCertFile?: string;
    readonly mount: string;
    readonly path: string;
  };
}

/** Every problem of the environment at once, one line each, naming the variable and what was expected; never a secret's value. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]', '::1'];
const isLoopback = (host: string) => loopbackHosts.includes(host) || /^127\.\d+\.\d+\.\d+$/.test(host);

const text = z.string().trim().min(1);
const onOff = (fallback: 'on' | 'off') => z.enum(['on', 'off'], 'expected on or off').default(fallback);
const flag = z.enum(['0', '1'], 'expected 1 or nothing').default('0');
const upstreamUrl = z.string().refine((value) => {
  const url = tryUrl(value);
  return url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)));
}, 'expected an https URL (plain http only on loopback)');
const httpUrl = z
  .string()
  .refine((value) => ['http:', 'https:'].includes(tryUrl(value)?.protocol ?? ''), 'expected an absolute http(s) URL');

const isToken = /^[\x21-\x7e]{16,200}$/;
/** A token of fewer bits than this is guessed by whoever has the time. */
const leastBits = 64;

/** How many bits a text says at most: what its characters' frequencies give, and no more than its steps from one character to the next do. */
function unpredictability(text: string): number {
  const bits = (symbols: readonly (string | number)[]) => {
    const counts = new Map<string | number, number>();
    for (const symbol of symbols) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
    return [...counts.values()].reduce((sum, count) => sum - count * Math.log2(count / symbols.length), 0);
  };
  const characters = [...text];
  const steps = characters.slice(1).map((character, index) => character.charCodeAt(0) - text.charCodeAt(index));
  return Math.min(bits(characters), bits(steps));
}

const environment = z.object({
  NODE_TLS_REJECT_UNAUTHORIZED: z.string().optional(),
  PROSPECTOR_HOME: text.optional(),
  PROSPECTOR_CONFIG: text.optional(),
  PROSPECTOR_DATABASE: text.optional(),
  PROSPECTOR_KEY_FILE: text.optional(),
  PROSPECTOR_PASSPHRASE_FILE: text.optional(),
  PROSPECTOR_HOST: text.default('127.0.0.1'),
  PROSPECTOR_PORT: wholeNumber(0, 65_535).default(4_000),
  PROSPECTOR_PUBLIC_URL: httpUrl.optional(),
  PROSPECTOR_ALLOWED_HOSTS: text.optional(),
  PROSPECTOR_TOKEN: z
    .string()
    .regex(isToken, 'expected 16 to 200 printable characters without spaces')
    .refine(
      (token) => !isToken.test(token) || unpredictability(token) >= leastBits,
      `can be guessed: make one with \`openssl rand -base64 32\``,
    )
    .optional(),
  PROSPECTOR_RETENTION: z
    .string()
    .regex(/^\d{1,5}[mhd]$/, 'expected a length such as 24h or 7d')
    .default('24h'),
  PROSPECTOR_RETENTION_ACKNOWLEDGED: flag,
  PROSPECTOR_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'expected trace, debug, info, warn, error or silent')
    .default('info'),
  PROSPECTOR_LOG_FORMAT: z.enum(['pretty', 'json'], 'expected pretty or json').optional(),
  PROSPECTOR_PERSISTED_DOCUMENTS: z.enum(['allow', 'require'], 'expected allow or require').default('allow'),
  PROSPECTOR_INTROSPECTION: onOff('on'),
  PROSPECTOR_GRAPHIQL: onOff('on'),
  ...limitVariables,
  UPWORK_CLIENT_ID: text.optional(),
  UPWORK_CLIENT_SECRET_FILE: text.optional(),
  UPWORK_AUTHORIZE_URL: upstreamUrl.default('https://www.upwork.com/ab/account-security/oauth2/authorize'),
  UPWORK_TOKEN_URL: upstreamUrl.default('https://www.upwork.com/api/v3/oauth2/token'),
  UPWORK_GRAPHQL_URL: upstreamUrl.default('https://api.upwork.com/graphql'),
  UPWORK_TENANT_ID: text.optional(),
  UPWORK_PKCE: onOff('on'),
  VAULT_ADDR: httpUrl.optional(),
  VAULT_TOKEN: text.optional(),
  VAULT_TOKEN_FILE: text.optional(),
  VAULT_ROLE_ID: text.optional(),
  VAULT_SECRET_ID: text.optional(),
  VAULT_SECRET_ID_FILE: text.optional(),
  VAULT_SECRET_ID_WRAPPED: flag,
  VAULT_NAMESPACE: text.optional(),
  VAULT_CACERT: text.optional(),
  PROSPECTOR_VAULT_MOUNT: text.default('secret'),
  PROSPECTOR_VAULT_PATH: text.default('ghoststack/prospector'),
});
type Environment = z.infer<typeof environment>;

/**
 * Reads the environment once. Empty variables count as unset.
 * @throws ConfigurationError naming every problem
 */
export function loadConfiguration(env: Readonly<Record<string, string | undefined>>): Configuration {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(present);
  if (!parsed.success)
    throw new ConfigurationError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const problems: string[] = [];
  const configuration = assemble(parsed.data, problems);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return configuration;
}

function assemble(env: Environment, problems: string[]): Configuration {
  const home = resolve(env.PROSPECTOR_HOME ?? join(homedir(), '.ghoststack'));
  const upstream = [env.UPWORK_AUTHORIZE_URL, env.UPWORK_TOKEN_URL, env.UPWORK_GRAPHQL_URL];
  if (!isLoopback(env.PROSPECTOR_HOST) && env.PROSPECTOR_TOKEN === undefined) {
    problems.push(
      'PROSPECTOR_HOST: an address other than loopback needs PROSPECTOR_TOKEN, the token that callers will have to show',
    );
  }
  const vault = vaultOf(env, problems);
  const credentials = credentialsOf(env, problems);
  return {
    home,
    preferencesFile: resolve(env.PROSPECTOR_CONFIG ?? join(home, 'prospector.yaml')),
    databaseFile: resolve(env.PROSPECTOR_DATABASE ?? join(home, 'prospector.db')),
    keyFile: resolve(env.PROSPECTOR_KEY_FILE ?? join(home, 'key')),
    ...(env.PROSPECTOR_PASSPHRASE_FILE && { passphraseFile: resolve(env.PROSPECTOR_PASSPHRASE_FILE) }),
    host: env.PROSPECTOR_HOST,
    port: env.PROSPECTOR_PORT,
    ...(env.PROSPECTOR_PUBLIC_URL && { publicUrl: env.PROSPECTOR_PUBLIC_URL.replace(/\/+$/, '') }),
    allowedHosts: (env.PROSPECTOR_ALLOWED_HOSTS ?? '')
      .split(',')
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== ''),
    ...(env.PROSPECTOR_TOKEN && { ownerToken: env.PROSPECTOR_TOKEN }),
    retentionMs: retentionOf(env, problems),
    logLevel: env.PROSPECTOR_LOG_LEVEL,
    ...(env.PROSPECTOR_LOG_FORMAT && { logFormat: env.PROSPECTOR_LOG_FORMAT }),
    persistedDocuments: env.PROSPECTOR_PERSISTED_DOCUMENTS,
    introspection: env.PROSPECTOR_INTROSPECTION === 'on',
    graphiql: env.PROSPECTOR_GRAPHIQL === 'on',
    rateLimit: env.PROSPECTOR_RATE_LIMIT,
    limits: limitSettingsOf(env, problems),
    tlsTrustIsOff: env.NODE_TLS_REJECT_UNAUTHORIZED === '0',
    upwork: {
      ...(credentials && { credentials }),
      authorizeUrl: env.UPWORK_AUTHORIZE_URL,
      tokenUrl: env.UPWORK_TOKEN_URL,
      graphqlUrl: env.UPWORK_GRAPHQL_URL,
      ...(env.UPWORK_TENANT_ID && { tenantId: env.UPWORK_TENANT_ID }),
      pkce: env.UPWORK_PKCE === 'on',
      isSandbox: upstream.every((url) => isLoopback(new URL(url).hostname)),
    },
    ...(vault && { vault }),
  };
}

function retentionOf(env: Environment, problems: string[]): number {
  const unit = { m: 60_000, h: 3_600_000, d: 86_400_000 }[env.PROSPECTOR_RETENTION.at(-1) as 'm' | 'h' | 'd'];
  const retentionMs = Number.parseInt(env.PROSPECTOR_RETENTION, 10) * unit;
  if (retentionMs < 3_600_000) problems.push('PROSPECTOR_RETENTION: expected at least 1h');
  if (retentionMs > 86_400_000 && env.PROSPECTOR_RETENTION_ACKNOWLEDGED !== '1') {
    problems.push(
      "PROSPECTOR_RETENTION: Upwork's terms allow 24h; a longer time needs PROSPECTOR_RETENTION_ACKNOWLEDGED=1",
    );
  }
  return retentionMs;
}

function credentialsOf(env: Environment, problems: string[]): { clientId: string; clientSecret: string } | undefined {
  const { UPWORK_CLIENT_ID: clientId, UPWORK_CLIENT_SECRET_FILE: file } = env;
  if (clientId === undefined && file === undefined) return undefined;
  if (clientId === undefined || file === undefined) {
    problems.push(
      `${clientId === undefined ? 'UPWORK_CLIENT_ID' : 'UPWORK_CLIENT_SECRET_FILE'}: needed together with ${clientId === undefined ? 'UPWORK_CLIENT_SECRET_FILE' : 'UPWORK_CLIENT_ID'}`,
    );
    return undefined;
  }
  const found = readSecretFile(file);
  if ('problem' in found) problems.push(`UPWORK_CLIENT_SECRET_FILE: ${found.problem}`);
  else if ('missing' in found) problems.push(`UPWORK_CLIENT_SECRET_FILE: ${file} does not exist`);
  else if (found.text.trim() !== '') return { clientId, clientSecret: found.text.trim() };
  else problems.push(`UPWORK_CLIENT_SECRET_FILE: ${file} is empty`);
  return undefined;
}

function vaultOf(env: Environment, problems: string[]): Configuration['vault'] {
  if (env.VAULT_ADDR === undefined) return undefined;
  const hasToken = env.VAULT_TOKEN !== undefined || env.VAULT_TOKEN_FILE !== undefined;
  const hasRole =
    env.VAULT_ROLE_ID !== undefined && (env.VAULT_SECRET_ID !== undefined || env.VAULT_SECRET_ID_FILE !== undefined);
  if (!hasToken && !hasRole)
    problems.push(
      'VAULT_ADDR: a way to log in is needed: VAULT_TOKEN, VAULT_TOKEN_FILE, or VAULT_ROLE_ID with VAULT_SECRET_ID_FILE',
    );
  return {
    address: env.VAULT_ADDR.replace(/\/+$/, ''),
    ...(env.VAULT_TOKEN && { token: env.VAULT_TOKEN }),
    ...(env.VAULT_TOKEN_FILE && { tokenFile: resolve(env.VAULT_TOKEN_FILE) }),
    ...(env.VAULT_ROLE_ID && { roleId: env.VAULT_ROLE_ID }),
    ...(env.VAULT_SECRET_ID && { secretId: env.VAULT_SECRET_ID }),
    ...(env.VAULT_SECRET_ID_FILE && { secretIdFile: resolve(env.VAULT_SECRET_ID_FILE) }),
    secretIdWrapped: env.VAULT_SECRET_ID_WRAPPED === '1',
    ...(env.VAULT_NAMESPACE && { namespace: env.VAULT_NAMESPACE }),
    ...(env.VAULT_CACERT && { caCertFile: resolve(env.VAULT_CACERT) }),
    mount: env.PROSPECTOR_VAULT_MOUNT,
    path: env.PROSPECTOR_VAULT_PATH,
  };
}

function tryUrl(value: string): URL | null {
  try {
    return new URL(value);
  } catch {
    return null;
  }
}
