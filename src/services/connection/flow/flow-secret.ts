import { z } from 'zod';
import type { SecretStore } from '../../secrets/model.ts';
import { createSecretCell } from '../records/secret-cell.ts';

const shape = z.object({
  flowId: z.string(),
  state: z.string(),
  codeVerifier: z.string().optional(),
  authorizationUrl: z.string(),
  credentials: z.object({ clientId: z.string(), clientSecret: z.string() }),
  /** What the code was exchanged for; `obtainedAt` and `serverDate` in ms. */
  grant: z
    .object({
      accessToken: z.string(),
      refreshToken: z.string(),
      expiresInMs: z.number(),
      serverDate: z.number().optional(),
      obtainedAt: z.number(),
    })
    .optional(),
});

/** What only the open flow knows: nothing of it touches the connection before the flow has completed. */
export type FlowSecret = z.infer<typeof shape>;

/** The secret of the one open flow: `upwork/flow`. A newer flow takes its place, so that nothing of an abandoned one is left behind. All throw SecretStoreError. */
export interface FlowSecrets {
  /** Whichever flow's it is. */
  current(): Promise<FlowSecret | undefined>;
  /** Undefined: there is none, or it is another flow's. */
  read(flowId: string): Promise<FlowSecret | undefined>;
  /** Takes the place of an earlier flow's. */
  write(secret: FlowSecret): Promise<void>;
  /** Writes what the same flow knows by now; does nothing when it is another flow's. */
  update(secret: FlowSecret): Promise<void>;
  /** Does nothing when it is another flow's by now. */
  remove(flowId: string): Promise<void>;
}

/** @param failed called when the store does not do what it should */
export function createFlowSecrets(secrets: SecretStore, failed: () => void): FlowSecrets {
  const cell = createSecretCell(secrets, 'upwork/flow', shape, failed);
  const current = async () => (await cell.read())?.value;
  return {
    current,
    read: async (flowId) => {
      const secret = await current();
      return secret?.flowId === flowId ? secret : undefined;
    },
    write: async (secret) => void (await cell.replace(secret)),
    update: async (secret) => {
      const found = await cell.read();
      if (found?.value?.flowId === secret.flowId) await cell.write(secret, found.version);
    },
    remove: async (flowId) => {
      if ((await current())?.flowId === flowId) await cell.remove();
    },
  };
}
