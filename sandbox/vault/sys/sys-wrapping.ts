import { deadToken } from '../auth/dead-token.ts';
import { type Call, textOf } from '../call.ts';
import { content, failed, type Outcome, refused, unsupportedOperation, unsupportedPath } from '../http/outcome.ts';
import type { Server } from '../server.ts';

const spent = 'wrapping token is not valid or does not exist';

/** `sys/wrapping/…`: the wrapping token is the caller's own or stands in the body, never both (RELIABILITY §5). */
export function answerWrapping(server: Server, call: Call, verb: string): Outcome {
  const isRead = call.operation === 'read' && verb === 'lookup';
  if (call.operation !== 'update' && !isRead) return unsupportedOperation;
  if (verb === 'wrap') return wrap(call);
  const named = textOf(call.body['token']);
  const token = named === '' ? call.tokenId : named;
  if (verb === 'lookup') {
    const found = server.wraps.lookUp(token);
    return found ? content(found) : refused(spent);
  }
  // Its single use is spent on letting the request in; nothing is left to open.
  if (named !== '' && named === call.tokenId) {
    server.wraps.open(named);
    return refused(spent);
  }
  if (named !== '' && call.tokenId !== '' && !server.tokens.find(call.tokenId))
    return failed(403, deadToken(server.settings));
  if (verb === 'unwrap') {
    const body = server.wraps.open(token);
    return body === undefined ? refused(spent) : { kind: 'envelope', body };
  }
  if (verb !== 'rewrap') return unsupportedPath;
  const info = server.wraps.rewrap(token);
  return info ? { kind: 'wrapped', info } : refused(spent);
}

function wrap({ wrapTtl, body }: Call): Outcome {
  return wrapTtl === 0 ? refused('endpoint requires response wrapping to be used') : content(body);
}
