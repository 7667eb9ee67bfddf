import type { ConnectionFlow } from '../../client/operations/answers.ts';
import { completeUpworkConnection, connectionFlow, connectionFlowUpdated } from '../../client/operations/operations.ts';
import { RefusedError, refuseErrors, UsageError } from '../exit.ts';
import type { Session } from './session.ts';
import { untilStopped } from './until-stopped.ts';

/** An opened flow, as `connect` waits for its end. */
export interface OpenFlow {
  id: string;
  expiresAt: string;
  /** Place in the log before the flow was opened: nothing of it can be missed. */
  after: string;
}

/** The server ends a flow a moment after its time; asking once more then gives the true ending. */
const graceMs = 3_000;
const pasteQuestion = 'Paste the address the browser ended at';
const openStatuses = new Set(['PENDING', 'EXCHANGING']);
const unhappyEndings: Readonly<Record<string, string>> = {
  DENIED: 'Access was refused on the page of Upwork. Try again with: ghoststack prospector connect upwork',
  EXPIRED: 'Nobody answered in time. Try again with: ghoststack prospector connect upwork',
  CANCELLED: 'The attempt was cancelled. Try again with: ghoststack prospector connect upwork',
};

/** Waits until the flow is over, by its events; at its expiry by asking. `offerPaste`: meanwhile takes the redirected address. */
export function waitForFlow(session: Session, flow: OpenFlow, offerPaste: boolean): Promise<ConnectionFlow> {
  return untilStopped(session.shell, async (stopping) => {
    const over = new AbortController();
    const signal = AbortSignal.any([stopping, over.signal]);
    try {
      const ways = [followFlow(session, flow, signal), askAtExpiry(session, flow, signal)];
      if (offerPaste) ways.push(takePasted(session, signal));
      const ended = await Promise.race([...ways, stopped(stopping)]);
      if (ended) return ended;
    } finally {
      over.abort();
    }
    throw new RefusedError([
      { code: 'CANCELLED', message: 'Stopped waiting. The attempt stays open until it expires.' },
    ]);
  });
}

/** Asks for the address the browser was redirected to and hands it to the server. Throws RefusedError with the server's reasons. */
export async function completeByPasting(session: Session, signal?: AbortSignal): Promise<ConnectionFlow | undefined> {
  const { shell, client } = session;
  const pasted = shell.isTTY ? await shell.askText(pasteQuestion, signal) : await shell.readLine();
  if (pasted === undefined && signal?.aborted) return undefined;
  if (pasted === undefined && shell.isTTY) throw stoppedWaiting();
  const callbackUrl = pasted?.trim() ?? '';
  if (!URL.canParse(callbackUrl))
    throw new UsageError('No address was pasted. It starts with http and holds code= and state=.');
  const answer = await client.ask(completeUpworkConnection, { input: { callbackUrl } });
  refuseErrors(answer.completeUpworkConnection);
  session.warn(answer.completeUpworkConnection.warnings);
  return answer.completeUpworkConnection.flow ?? undefined;
}

/** True when nothing more will come of the flow. */
export function hasEnded(flow: ConnectionFlow): boolean {
  return !openStatuses.has(flow.status);
}

/** Throws RefusedError unless the flow was completed. */
export function refuseUnhappyEnding(flow: ConnectionFlow): void {
  if (flow.status === 'COMPLETED') return;
  const message = unhappyEndings[flow.status] ?? 'The connection failed. See: ghoststack prospector status';
  throw new RefusedError([flow.error ?? { code: flow.status, message }]);
}

async function followFlow(session: Session, flow: OpenFlow, signal: AbortSignal): Promise<ConnectionFlow | undefined> {
  const events = session.client.follow(connectionFlowUpdated, { flowId: flow.id }, { after: flow.after, signal });
  for await (const event of events) {
    if (hasEnded(event.flow)) return event.flow;
    if (event.flow.status === 'EXCHANGING') session.note('Access was granted. Fetching the tokens…');
  }
  return undefined;
}

async function askAtExpiry(
  { shell, client }: Session,
  flow: OpenFlow,
  signal: AbortSignal,
): Promise<ConnectionFlow | undefined> {
  await shell.sleep(Math.max(0, Date.parse(flow.expiresAt) - shell.now().getTime()) + graceMs, signal);
  if (signal.aborted) return undefined;
  const answer = await client.ask(connectionFlow, { id: flow.id });
  const found = answer.connectionFlow;
  const ended = found && hasEnded(found) ? found : undefined;
  return ended ?? { id: flow.id, status: 'EXPIRED', expiresAt: flow.expiresAt, completedAt: null, error: null };
}

async function takePasted(session: Session, signal: AbortSignal): Promise<ConnectionFlow | undefined> {
  const flow = await completeByPasting(session, signal);
  // The events tell the rest of a flow that the answer still shows open.
  return flow && !hasEnded(flow) ? new Promise(() => {}) : flow;
}

function stopped(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

function stoppedWaiting(): RefusedError {
  return new RefusedError([
    { code: 'CANCELLED', message: 'Stopped waiting. The attempt stays open until it expires.' },
  ]);
}
