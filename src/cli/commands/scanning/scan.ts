import type { Command } from 'commander';
import type { Scan } from '../../../client/operations/answers.ts';
import { latestCursor, runScan, scan as scanById, scanProgress } from '../../../client/operations/operations.ts';
import { openSession, type Session } from '../../asking/session.ts';
import { untilStopped } from '../../asking/until-stopped.ts';
import { RefusedError, refuseErrors } from '../../exit.ts';
import { clean, sentenceCase } from '../../print.ts';
import type { Shell } from '../../shell.ts';
import { describeScan, hasSucceeded, isOver } from '../../show/describe-scan.ts';

/** Reading the row now and then ends the wait even where a last event never comes, as after a crash of the server. */
const readAgainAfterMs = 5_000;

/** `scan`: one scan now, told while it runs. Exit code 1 when it did not succeed. */
export function registerScan(program: Command, shell: Shell): void {
  program
    .command('scan')
    .description('Scans now instead of waiting for the schedule, and says what was found and why.')
    .option('--dry-run', 'store nothing and tell nobody')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector scan --dry-run')
    .action(async ({ dryRun = false }: { dryRun?: boolean }, command: Command) => {
      const session = openSession(command, shell);
      const { system } = await session.client.ask(latestCursor, {});
      const { runScan: payload } = await session.client.ask(runScan, { input: { dryRun } });
      refuseErrors(payload);
      session.warn(payload.warnings);
      if (!payload.scan) throw new RefusedError([{ code: 'NOT_FOUND', message: 'The server started no scan.' }]);
      if (payload.joined) session.note('A scan was running already; this is it.');
      const ended = await waitForEnd(session, payload.scan, system.latestEventCursor);
      session.print(ended, describeScan(ended, { dryRun }));
      if (!hasSucceeded(ended.status)) throw new RefusedError([], { shown: true });
    });
}

function waitForEnd(session: Session, started: Scan, after: string): Promise<Scan> {
  if (isOver(started.status)) return Promise.resolve(started);
  return untilStopped(session.shell, async (stopping) => {
    const over = new AbortController();
    const signal = AbortSignal.any([stopping, over.signal]);
    const watching = readUntilOver(session, started.id, signal).finally(() => over.abort());
    try {
      for await (const event of session.client.follow(scanProgress, { scanId: started.id }, { after, signal })) {
        const said = event.message ? `: ${clean(event.message)}` : '';
        session.note(`${sentenceCase(event.phase)} ${event.percent} %${said}`);
        if (event.phase === 'DONE' || isOver(event.scan.status)) break;
      }
    } finally {
      over.abort();
      await watching;
    }
    const { scan } = await session.client.ask(scanById, { id: started.id });
    if (stopping.aborted) session.note('Stopped waiting. The scan goes on.');
    return scan ?? started;
  });
}

async function readUntilOver({ client, shell }: Session, id: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await shell.sleep(readAgainAfterMs, signal);
    if (signal.aborted) return;
    const answer = await client.ask(scanById, { id }).catch(() => undefined);
    if (answer?.scan && isOver(answer.scan.status)) return;
  }
}
