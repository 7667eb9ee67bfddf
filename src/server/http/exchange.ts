import type { IncomingMessage, ServerResponse } from 'node:http';
import { withoutBase } from './base-path.ts';

/** One request and its reply. */
export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** Stands in `x-request-id`, in every error and in the log. Never taken from the client. */
  readonly requestId: string;
  /** The base path of the public URL, before every link to a place of ours. */
  readonly base: string;
  /** As sent, without the base path, compared exactly: nothing is decoded or normalised. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Splits the request's target without giving it to `URL`, which takes `//host/path` for another host. */
export function createExchange(req: IncomingMessage, res: ServerResponse, requestId: string, base: string): Exchange {
  const target = req.url ?? '';
  const mark = target.indexOf('?');
  return {
    req,
    res,
    requestId,
    base,
    path: withoutBase(mark < 0 ? target : target.slice(0, mark), base),
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)),
  };
}

/** True where the client would rather have a page than JSON: a browser that navigates. */
export function wantsPage({ req }: Exchange): boolean {
  return (req.method === 'GET' || req.method === 'HEAD') && (req.headers.accept ?? '').includes('text/html');
}
