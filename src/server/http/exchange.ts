import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request and its reply. */
export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** Stands in `x-request-id`, in every error and in the log. Never taken from the client. */
  readonly requestId: string;
  /** As sent, compared exactly: nothing is decoded or normalised. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Splits the request's target without giving it to `URL`, which takes `//host/path` for another host. */
export function createExchange(req: IncomingMessage, res: ServerResponse, requestId: string): Exchange {
  const target = req.url ?? '';
  const mark = target.indexOf('?');
  return {
    req,
    res,
    requestId,
    path: mark < 0 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)),
  };
}

/** True where the client would rather have a page than JSON: a browser that navigates. */
export function wantsPage({ req }: Exchange): boolean {
  return (req.method === 'GET' || req.method === 'HEAD') && (req.headers.accept ?? '').includes('text/html');
}
