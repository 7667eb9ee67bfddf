import { expect } from 'vitest';

/** RFC 3339 in UTC, as Vault writes instants. */
export const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/);

/** A UUID. */
export const uuid = expect.stringMatching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** A text that says something. */
export const filled = expect.stringMatching(/./);

/** The envelope every logical answer has, with `parts` in the place of nulls (RELIABILITY §5). Keys beyond it may be there. */
export function envelope(parts: Record<string, unknown>): Record<string, unknown> {
  return expect.objectContaining({
    request_id: uuid,
    lease_id: '',
    renewable: false,
    lease_duration: 0,
    data: null,
    wrap_info: null,
    warnings: null,
    auth: null,
    ...parts,
  }) as Record<string, unknown>;
}
