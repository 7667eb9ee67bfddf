import { z } from 'zod';

/** What the owner may set of the server's limits. Times in milliseconds. */
export interface LimitSettings {
  /** TCP connections at once. */
  readonly connections: number;
  /** WebSockets at once. */
  readonly sockets: number;
  /** Subscriptions of one token at once, over all its sockets and event streams. */
  readonly subscriptionsPerToken: number;
  /** How long a connection may wait for its next request. */
  readonly keepAliveMs: number;
  /** How long a WebSocket may wait with its `connection_init`. */
  readonly initMs: number;
  /** How long one message may take to leave for a client that does not read. */
  readonly stallMs: number;
}

/** A whole number from `least` to `most`, in digits. */
export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, 'expected a whole number')
    .transform(Number)
    .pipe(z.number().min(least, `expected at least ${least}`).max(most, `expected at most ${most}`));

const unitMs = { s: 1_000, m: 60_000 };
const length = (least: string, most: string) =>
  z
    .string()
    .regex(/^\d{1,5}[sm]$/, 'expected a length such as 30s or 2m')
    .transform(millisecondsOf)
    .pipe(
      z
        .number()
        .min(millisecondsOf(least), `expected at least ${least}`)
        .max(millisecondsOf(most), `expected at most ${most}`),
    );

function millisecondsOf(text: string): number {
  return Number.parseInt(text, 10) * unitMs[text.endsWith('m') ? 'm' : 's'];
}

/** The variables of the limits, with their bounds and defaults. */
export const limitVariables = {
  PROSPECTOR_RATE_LIMIT: wholeNumber(1, 1_000_000_000).default(1_000_000),
  PROSPECTOR_MAX_CONNECTIONS: wholeNumber(20, 100_000).default(4_000),
  PROSPECTOR_MAX_SOCKETS: wholeNumber(20, 100_000).optional(),
  PROSPECTOR_MAX_SUBSCRIPTIONS: wholeNumber(1, 100_000).default(1_000),
  PROSPECTOR_IDLE_TIMEOUT: length('1s', '10m').default(5_000),
  PROSPECTOR_LOGIN_TIMEOUT: length('1s', '1m').default(3_000),
  PROSPECTOR_STALL_TIMEOUT: length('1s', '10m').default(35_000),
};

const defaultSockets = 2_000;

/** The settings by the variables as they were read; what does not fit together is added to `problems`. */
export function limitSettingsOf(env: z.output<z.ZodObject<typeof limitVariables>>, problems: string[]): LimitSettings {
  const connections = env.PROSPECTOR_MAX_CONNECTIONS;
  const sockets = env.PROSPECTOR_MAX_SOCKETS ?? Math.min(defaultSockets, connections);
  if (sockets > connections)
    problems.push(
      `PROSPECTOR_MAX_SOCKETS: each takes a connection: expected at most PROSPECTOR_MAX_CONNECTIONS (${connections})`,
    );
  return {
    connections,
    sockets,
    subscriptionsPerToken: env.PROSPECTOR_MAX_SUBSCRIPTIONS,
    keepAliveMs: env.PROSPECTOR_IDLE_TIMEOUT,
    initMs: env.PROSPECTOR_LOGIN_TIMEOUT,
    stallMs: env.PROSPECTOR_STALL_TIMEOUT,
  };
}
