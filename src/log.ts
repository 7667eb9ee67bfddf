import pino, { type DestinationStream, type Logger } from 'pino';

/** The logger every part receives. */
export type Log = Logger;

/** Fields that may be logged, all else is dropped: an allow-list cannot forget a secret, a list of secrets can (RELIABILITY §4.57). */
const allowed = new Set([
  'action',
  'attempt',
  'attempts',
  'code',
  'count',
  'counts',
  'delayMs',
  'durationMs',
  'errors',
  'eventType',
  'expected',
  'fetched',
  'file',
  'flowId',
  'from',
  'host',
  'httpStatus',
  'id',
  'jobs',
  'key',
  'kind',
  'level',
  'line',
  'message',
  'method',
  'name',
  'new',
  'nextAt',
  'operation',
  'outcome',
  'path',
  'phase',
  'pid',
  'platform',
  'port',
  'problems',
  'purpose',
  'reason',
  'requestId',
  'retryAt',
  'scanId',
  'scope',
  'signal',
  'status',
  'store',
  'stack',
  'subscribers',
  'to',
  'tokenId',
  'trigger',
  'type',
  'updated',
  'url',
  'verdict',
  'version',
]);
const longest = 1_000;
/** Shapes of secrets, wherever they turn up in text: our tokens and links, Upwork's and Vault's tokens, credentials in headers and forms. */
const secretShapes =
  /\b(?:prs|prl)_[\w-]{8,}|\boauth2v2_\w{6,}|\b(?:hv[sbr]|s)\.[\w.-]{20,}|\b(Bearer|Basic)\s+[\w.~+/=-]{6,}|\b(client_secret|refresh_token|access_token|code|code_verifier|state|secret_id|token)=[^\s&"']+/gi;

/** `text` with everything that looks like a secret replaced, and cut to a length that a log can bear. */
export function scrub(text: string): string {
  const clean = text.replace(secretShapes, (_match, scheme?: string, field?: string) =>
    scheme ? `${scheme} [secret]` : field ? `${field}=[secret]` : '[secret]',
  );
  return clean.length > longest ? `${clean.slice(0, longest)}…` : clean;
}

/**
 * Structured logs: one JSON object a line, or readable lines. Errors are rebuilt as name, code, message: the object itself, which in some libraries
 * holds headers and bodies (T4), is never passed on.
 */
export function createLogger(options: {
  level: string;
  format: 'pretty' | 'json';
  destination: DestinationStream;
}): Log {
  const destination = options.format === 'pretty' ? readable(options.destination) : options.destination;
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: allow },
      serializers: { err: (error: unknown) => error },
      hooks: {
        logMethod(args, method) {
          const safe = args.map((argument) => (typeof argument === 'string' ? scrub(argument) : argument));
          method.apply(this, safe as unknown as Parameters<typeof method>);
        },
      },
    },
    destination,
  );
}

function allow(fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (key === 'err') kept['error'] = rebuild(value);
    else if (allowed.has(key)) kept[key] = plain(value, 0);
  }
  return kept;
}

function rebuild(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: scrub(String(error)) };
  const code = (error as { code?: unknown }).code;
  const frames =
    error.stack
      ?.split('\n')
      .slice(1, 6)
      .map((frame) => frame.trim()) ?? [];
  return {
    name: error.name,
    ...(code !== undefined && { code: scrub(String(code)) }),
    message: scrub(error.message),
    stack: scrub(frames.join(' < ')),
  };
}

function plain(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return scrub(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value))
    return depth > 1 ? `${value.length} entries` : value.slice(0, 20).map((entry) => plain(entry, depth + 1));
  if (typeof value === 'object' && depth === 0)
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry, 1)]));
  return undefined;
}

function readable(destination: DestinationStream): DestinationStream {
  return {
    write: (line) => {
      const { time, level, msg, ...rest } = JSON.parse(line) as Record<string, unknown>;
      const details = Object.entries(rest).map(
        ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
      );
      const sentence = [String(time).slice(11, 19), String(level).toUpperCase().padEnd(5), msg, ...details].join(' ');
      destination.write(`${withoutControls(sentence)}\n`);
    },
  };
}

/** Text that cannot move a terminal's cursor, forge a line or reverse its direction (F125). */
function withoutControls(sentence: string): string {
  return sentence.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ');
}
