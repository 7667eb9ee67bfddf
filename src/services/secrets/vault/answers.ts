import { z } from 'zod';
import { vaultProblems } from './problems.ts';
import type { VaultAnswer } from './transport.ts';

/** Shapes of RELIABILITY §5; unknown keys are ignored, as newer versions add some. */
const seconds = z.number().int().nonnegative();
const version = z.number().int().positive();
const errorsShape = z.object({ errors: z.array(z.string()) });
export const loginShape = z.object({
  auth: z.object({ client_token: z.string().min(1), lease_duration: seconds, renewable: z.boolean() }),
});
export const lookupShape = z.object({
  data: z.object({
    ttl: seconds,
    expire_time: z.string().nullable(),
    renewable: z.boolean().default(false),
  }),
});
export const wrapLookupShape = z.object({ data: z.object({ creation_path: z.string() }) });
export const unwrapShape = z.object({ data: z.object({ secret_id: z.string().min(1) }) });
export const healthShape = z.object({ initialized: z.boolean(), sealed: z.boolean() });
export const mountShape = z.object({
  data: z.object({
    path: z.string(),
    type: z.string(),
    options: z.object({ version: z.string().optional() }).nullable().optional(),
  }),
});
export const secretShape = z.object({
  data: z.object({ data: z.record(z.string(), z.unknown()), metadata: z.object({ version }) }),
});
/** A deleted or destroyed version is a 404 with its metadata (F42). */
export const deletedShape = z.object({
  data: z.object({ data: z.null(), metadata: z.object({ version, destroyed: z.boolean() }) }),
});
/** Nothing there, or no metadata any more (F43). Anything else with status 404 says nothing about the secret (T6). */
export const absentShape = z.object({ errors: z.array(z.never()).length(0) });
export const writtenShape = z.object({ data: z.object({ version }) });
export const keysShape = z.object({ data: z.object({ keys: z.array(z.string()) }) });

/** Whether one of the answer's errors has `phrase` in it. */
export function says({ body }: VaultAnswer, phrase: RegExp): boolean {
  const parsed = errorsShape.safeParse(body);
  return parsed.success && parsed.data.errors.some((error) => phrase.test(error));
}

/** Whether a refusal is Vault's own: a proxy or a login page before it has other bodies. */
export function isVaults({ body }: VaultAnswer): boolean {
  return errorsShape.safeParse(body).success;
}

/**
 * The answer, if it is one about what was asked.
 * @throws SecretStoreError when it says that Vault does not serve requests now (sealed, standby, rate limited, failing), or is not Vault's
 */
export function served(answer: VaultAnswer, host: string): VaultAnswer {
  const { status, retryAfterMs } = answer;
  if (status === 429) throw vaultProblems.rateLimited(retryAfterMs);
  if (status === 503 && says(answer, /Vault is sealed/)) throw vaultProblems.sealed();
  if (status === 503 && says(answer, /not active|no active Vault instance/)) throw vaultProblems.standby();
  if (status === 412 || status === 472 || status === 473) throw vaultProblems.standby();
  if (status >= 500) throw vaultProblems.failing(host, status);
  if (status === 400 && says(answer, /Upgrading from non-versioned/)) throw vaultProblems.upgrading();
  if (status >= 400 && status !== 404 && !isVaults(answer))
    throw vaultProblems.unexpected(host, `status ${status} without Vault's errors`);
  return answer;
}

/**
 * The body of a 200 in the shape that was expected.
 * @throws SecretStoreError `unexpected_response`
 */
export function shaped<Shape>(answer: VaultAnswer, shape: z.ZodType<Shape>, host: string): Shape {
  const parsed = answer.status === 200 ? shape.safeParse(answer.body) : undefined;
  if (parsed?.success) return parsed.data;
  throw vaultProblems.unexpected(host, `status ${answer.status} with a body of another shape`);
}
