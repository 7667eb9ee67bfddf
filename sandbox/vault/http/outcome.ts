/** The `auth` part of an envelope: a token given or prolonged. */
export interface Auth {
  client_token: string;
  accessor: string;
  policies: string[];
  token_policies: string[];
  metadata: Record<string, string> | null;
  /** Seconds. */
  lease_duration: number;
  renewable: boolean;
  entity_id: string;
  token_type: 'service' | 'batch';
  orphan: boolean;
  mfa_requirement: null;
  num_uses: number;
}

/** What an engine says to a call, before it is put into an envelope (RELIABILITY §5). */
export type Outcome =
  | { kind: 'nothing'; warnings?: string[] }
  | { kind: 'content'; status?: number; content: unknown; warnings?: string[] }
  | { kind: 'auth'; auth: Auth; warnings?: string[] }
  | { kind: 'errors'; status: number; errors: string[] }
  /** A 404 with neither errors nor envelope. */
  | { kind: 'nothing-there' }
  /** Put away under another wrapping token. */
  | { kind: 'wrapped'; info: Record<string, unknown> }
  /** What was wrapped earlier, given back as it was. */
  | { kind: 'envelope'; body: string };

/** Done, and nothing to tell: a 204. */
export const nothing: Outcome = { kind: 'nothing' };

/** The 404 of what is not there: an empty list of errors. */
export const absent: Outcome = { kind: 'errors', status: 404, errors: [] };

/** A path the engine does not have. */
export const unsupportedPath: Outcome = failed(404, listed('unsupported path'));

/** A method the path does not have. */
export const unsupportedOperation: Outcome = failed(405, listed('unsupported operation'));

/** A 200 with `data`. */
export function content(value: unknown, warnings?: string[]): Outcome {
  return { kind: 'content', content: value, ...(warnings?.length ? { warnings } : {}) };
}

/** A 400 with one text. */
export function refused(text: string): Outcome {
  return failed(400, text);
}

/** Any status with one text. */
export function failed(status: number, text: string): Outcome {
  return { kind: 'errors', status, errors: [text] };
}

/** Several errors in one text, as Vault's Go library prints them. */
export function listed(...texts: string[]): string {
  const count = texts.length === 1 ? '1 error' : `${texts.length} errors`;
  return `${count} occurred:\n${texts.map((text) => `\t* ${text}\n`).join('')}\n`;
}
