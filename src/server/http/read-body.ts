import type { IncomingMessage } from 'node:http';

/** The body as text, or undefined when it is larger than `bytes`. Rejects when the client goes away before its end. */
export async function readBody(req: IncomingMessage, bytes: number): Promise<string | undefined> {
  if (Number(req.headers['content-length'] ?? 0) > bytes) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Whether the body says it is JSON in UTF-8, uncompressed: what a page of another site cannot send without asking first
 * (F115).
 */
export function isJson({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return (
    /^application\/json\s*(?:;\s*charset="?utf-?8"?\s*)?$/i.test(headers['content-type'] ?? '') &&
    headers['content-encoding'] === undefined
  );
}

/** Whether the request comes without a body. */
export function isEmpty({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return Number(headers['content-length'] ?? 0) === 0 && headers['transfer-encoding'] === undefined;
}
