import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type ConfigurationError, loadConfiguration } from '../../src/config.ts';
import { limitVariables } from '../../src/limit-settings.ts';

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfiguration(env);
    return [];
  } catch (error) {
    return (error as ConfigurationError).problems;
  }
}

it('has a sensible default for everything', () => {
  expect(loadConfiguration({ PROSPECTOR_HOME: '/srv/owner/.ghoststack' })).toEqual({
    home: '/srv/owner/.ghoststack',
    preferencesFile: '/srv/owner/.ghoststack/prospector.yaml',
    databaseFile: '/srv/owner/.ghoststack/prospector.db',
    keyFile: '/srv/owner/.ghoststack/key',
    host: '127.0.0.1',
    port: 4000,
    allowedHosts: [],
    retentionMs: 86_400_000,
    logLevel: 'info',
    persistedDocuments: 'allow',
    introspection: true,
    graphiql: true,
    rateLimit: 1_000_000,
    limits: {
      connections: 4_000,
      sockets: 2_000,
      subscriptionsPerToken: 1_000,
      keepAliveMs: 5_000,
      initMs: 3_000,
      stallMs: 35_000,
    },
    tlsTrustIsOff: false,
    upwork: {
      authorizeUrl: 'https://www.upwork.com/ab/account-security/oauth2/authorize',
      tokenUrl: 'https://www.upwork.com/api/v3/oauth2/token',
      graphqlUrl: 'https://api.upwork.com/graphql',
      pkce: true,
      isSandbox: false,
    },
  });
});

it('11.4 refuses limits out of their bounds, and such as do not fit together, each by its name', () => {
  expect(
    problemsOf({
      PROSPECTOR_RATE_LIMIT: '0',
      PROSPECTOR_MAX_CONNECTIONS: '19',
      PROSPECTOR_MAX_SOCKETS: '100001',
      PROSPECTOR_MAX_SUBSCRIPTIONS: '-1',
      PROSPECTOR_IDLE_TIMEOUT: '11m',
      PROSPECTOR_LOGIN_TIMEOUT: '0s',
      PROSPECTOR_STALL_TIMEOUT: 'soon',
    }),
  ).toEqual([
    'PROSPECTOR_RATE_LIMIT: expected at least 1',
    'PROSPECTOR_MAX_CONNECTIONS: expected at least 20',
    'PROSPECTOR_MAX_SOCKETS: expected at most 100000',
    'PROSPECTOR_MAX_SUBSCRIPTIONS: expected a whole number',
    'PROSPECTOR_IDLE_TIMEOUT: expected at most 10m',
    'PROSPECTOR_LOGIN_TIMEOUT: expected at least 1s',
    'PROSPECTOR_STALL_TIMEOUT: expected a length such as 30s or 2m',
  ]);
  expect(problemsOf({ PROSPECTOR_MAX_CONNECTIONS: '50', PROSPECTOR_MAX_SOCKETS: '51' })).toEqual([
    'PROSPECTOR_MAX_SOCKETS: each takes a connection: expected at most PROSPECTOR_MAX_CONNECTIONS (50)',
  ]);
  expect(loadConfiguration({ PROSPECTOR_MAX_CONNECTIONS: '50' }).limits).toMatchObject({
    connections: 50,
    sockets: 50,
  });
});

it('11.4 each limit that can be set is in the table of the README', () => {
  const readme = readFileSync('README.md', 'utf8');
  for (const name of Object.keys(limitVariables)) expect(readme).toContain(`\`${name}\``);
});

it('names every problem at once, by variable, without repeating a value that may be secret', () => {
  expect(
    problemsOf({
      PROSPECTOR_PORT: 'x',
      PROSPECTOR_LOG_LEVEL: 'loud',
      PROSPECTOR_TOKEN: 'short one',
      UPWORK_TOKEN_URL: 'http://upwork.example/token',
      PROSPECTOR_GRAPHIQL: 'maybe',
    }),
  ).toEqual([
    'PROSPECTOR_PORT: expected a whole number',
    'PROSPECTOR_TOKEN: expected 16 to 200 printable characters without spaces',
    'PROSPECTOR_LOG_LEVEL: expected trace, debug, info, warn, error or silent',
    'PROSPECTOR_GRAPHIQL: expected on or off',
    'UPWORK_TOKEN_URL: expected an https URL (plain http only on loopback)',
  ]);
});

it('binds another address than loopback only with a token set', () => {
  expect(problemsOf({ PROSPECTOR_HOST: '0.0.0.0' })).toEqual([
    'PROSPECTOR_HOST: an address other than loopback needs PROSPECTOR_TOKEN, the token that callers will have to show',
  ]);
  expect(problemsOf({ PROSPECTOR_HOST: '0.0.0.0', PROSPECTOR_TOKEN: 'k3Vb9-Zq7Lw_t1XpY4' })).toEqual([]);
});

it('keeps content longer than 24 h only with the acknowledgement', () => {
  expect(problemsOf({ PROSPECTOR_RETENTION: '7d' })).toEqual([
    "PROSPECTOR_RETENTION: Upwork's terms allow 24h; a longer time needs PROSPECTOR_RETENTION_ACKNOWLEDGED=1",
  ]);
  expect(loadConfiguration({ PROSPECTOR_RETENTION: '7d', PROSPECTOR_RETENTION_ACKNOWLEDGED: '1' }).retentionMs).toBe(
    604_800_000,
  );
});

it('reads the Client Secret from its file and says which half is missing', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'prospector-')), 'secret');
  writeFileSync(file, 'the secret\n', { mode: 0o600 });
  expect(loadConfiguration({ UPWORK_CLIENT_ID: 'id', UPWORK_CLIENT_SECRET_FILE: file }).upwork.credentials).toEqual({
    clientId: 'id',
    clientSecret: 'the secret',
  });
  expect(problemsOf({ UPWORK_CLIENT_ID: 'id' })).toEqual([
    'UPWORK_CLIENT_SECRET_FILE: needed together with UPWORK_CLIENT_ID',
  ]);
  expect(problemsOf({ UPWORK_CLIENT_ID: 'id', UPWORK_CLIENT_SECRET_FILE: `${file}.gone` })).toEqual([
    `UPWORK_CLIENT_SECRET_FILE: ${file}.gone does not exist`,
  ]);
});

it('asks for a way to log in to Vault', () => {
  expect(problemsOf({ VAULT_ADDR: 'http://127.0.0.1:8200' })).toEqual([
    'VAULT_ADDR: a way to log in is needed: VAULT_TOKEN, VAULT_TOKEN_FILE, or VAULT_ROLE_ID with VAULT_SECRET_ID_FILE',
  ]);
  expect(loadConfiguration({ VAULT_ADDR: 'http://127.0.0.1:8200/', VAULT_TOKEN: 'hvs.token' }).vault).toEqual({
    address: 'http://127.0.0.1:8200',
    token: 'hvs.token',
    secretIdWrapped: false,
    mount: 'secret',
    path: 'ghoststack/prospector',
  });
});

it('19.O takes no secret from a file that others may read, and names the command that mends it', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'prospector-')), 'secret');
  writeFileSync(file, 'the secret\n', { mode: 0o644 });
  expect(problemsOf({ UPWORK_CLIENT_ID: 'id', UPWORK_CLIENT_SECRET_FILE: file })).toEqual([
    `UPWORK_CLIENT_SECRET_FILE: ${file} can be read by others than its owner. Run: chmod 600 ${file} (and consider the secret known to them)`,
  ]);
  chmodSync(file, 0o600);
  expect(problemsOf({ UPWORK_CLIENT_ID: 'id', UPWORK_CLIENT_SECRET_FILE: file })).toEqual([]);
});

it.each(['aaaaaaaaaaaaaaaa', 'abcdefghijklmnopqrstuvwxyz', '1234567890123456789012345', 'abababababababababababab'])(
  '11.D refuses a token that can be guessed: %s',
  (token) => {
    expect(problemsOf({ PROSPECTOR_TOKEN: token })).toEqual([
      'PROSPECTOR_TOKEN: can be guessed: make one with `openssl rand -base64 32`',
    ]);
  },
);
