import type { HealthCheck, HealthState } from '../services/system/model.ts';
import { builder } from './builder.ts';
import { describedEnum } from './described-enum.ts';

const HealthStateRef = describedEnum('HealthState', 'How a part is.', {
  UP: 'It works.',
  DEGRADED: 'It works, but not fully.',
  DOWN: 'It does not work.',
} satisfies Record<HealthState, string>);

const HealthCheckRef = builder.objectRef<HealthCheck>('HealthCheck').implement({
  description: 'How one part is.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Which part.' }),
    state: t.expose('state', { type: HealthStateRef, description: 'How it is.' }),
    latency: t.expose('latencyMs', { type: 'Duration', nullable: true, description: 'How long it took to answer.' }),
    message: t.exposeString('message', { nullable: true, description: 'What is wrong and what to do.' }),
    checkedAt: t.expose('checkedAt', { type: 'DateTime', description: 'When it was looked at.' }),
  }),
});

/** What `system` says. The parts are looked at when somebody asks how they are. */
export interface SystemReport {
  readonly version: string;
  readonly schemaHash: string;
  readonly startedAt: Date;
  readonly latestEventCursor: string;
  readonly retentionMs: number;
  readonly subscribers: number;
  readonly checks: () => Promise<readonly HealthCheck[]>;
}

export const SystemInfoRef = builder.objectRef<SystemReport>('SystemInfo').implement({
  description: 'Prospector itself.',
  fields: (t) => ({
    version: t.exposeString('version', { description: 'Version of this server.' }),
    schemaHash: t.exposeString('schemaHash', { description: 'SHA-256 of the SDL, in hexadecimal.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When this server was started.' }),
    latestEventCursor: t.exposeString('latestEventCursor', {
      description:
        'End of the event log: query this beside your data, then subscribe with it as `after`, and nothing falls between.',
    }),
    retention: t.expose('retentionMs', {
      type: 'Duration',
      description: 'How long content taken from the platform is kept.',
    }),
    webPushPublicKey: t.string({
      nullable: true,
      description: 'VAPID key a browser needs to subscribe to WEB_PUSH; null while there is none.',
      resolve: () => null,
    }),
    health: t.field({
      type: HealthStateRef,
      description: 'The worst of `checks`.',
      resolve: async ({ checks }) => worstOf(await checks()),
    }),
    checks: t.field({
      type: [HealthCheckRef],
      description: 'How each part is.',
      resolve: async ({ checks }) => [...(await checks())],
    }),
    subscribers: t.exposeInt('subscribers', { description: 'Subscriptions and feeds that follow the log now.' }),
  }),
});

function worstOf(checks: readonly HealthCheck[]): HealthState {
  const states = checks.map(({ state }) => state);
  return states.includes('DOWN') ? 'DOWN' : states.includes('DEGRADED') ? 'DEGRADED' : 'UP';
}
