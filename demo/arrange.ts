import { setTimeout as wait } from 'node:timers/promises';
import type { RunningDemo } from './running.ts';
import { ask } from './talk.ts';

/** Asks the Prospector of a demo. */
export const query = <Data>({ url, token }: RunningDemo, document: string, variables?: Record<string, unknown>) =>
  ask<Data>(url, token, document, variables);

/** Asks the control port of the pretended Upwork. */
export async function control<Answer>({ control: url }: RunningDemo, deed: string, body?: unknown): Promise<Answer> {
  const [method = '', path = ''] = deed.split(' ');
  const response = await fetch(`${url}${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const answer = (await response.json()) as Answer & { error?: string };
  if (!response.ok) throw new Error(answer.error ?? `The pretended Upwork answered ${response.status}.`);
  return answer;
}

/**
 * What `look` finds; it looks four times a second, for two minutes at most.
 * @throws Error that says what did not come
 */
export async function until<Found>(what: string, look: () => Promise<Found | undefined>): Promise<Found> {
  const ends = performance.now() + 120_000;
  while (performance.now() < ends) {
    const found = await look();
    if (found !== undefined) return found;
    await wait(250);
  }
  throw new Error(`Waited two minutes for ${what}. Is Upwork connected? The command \`status\` says what is wrong.`);
}

/** Runs a scan; resolves with its id once it has ended. */
export async function scan(demo: RunningDemo, input: Record<string, unknown> = {}): Promise<string> {
  const id = await until('another scan to end', () => begin(demo, input));
  await until('the scan to end', async () => {
    const { scan: asked } = await query<{ scan: { finishedAt: string | null } }>(
      demo,
      'query DemoScanEnd($id: ID!) { scan(id: $id) { finishedAt } }',
      { id },
    );
    return asked.finishedAt ?? undefined;
  });
  return id;
}

/** Has Upwork asked something at once, unless a scan by the schedule has met what was arranged already. */
export async function provoke(demo: RunningDemo): Promise<void> {
  await query(demo, 'mutation DemoProvoke { runScan { errors { code } } }');
}

/** The id of the scan that began; undefined while one of another kind runs. */
async function begin(demo: RunningDemo, input: Record<string, unknown>): Promise<string | undefined> {
  const { runScan } = await query<{
    runScan: { scan: { id: string } | null; errors: { code: string; message: string }[] };
  }>(
    demo,
    'mutation DemoScan($input: RunScanInput!) { runScan(input: $input) { scan { id } errors { code message } } }',
    { input },
  );
  const [error] = runScan.errors;
  if (error && error.code !== 'CONFLICT') throw new Error(error.message);
  return runScan.scan?.id;
}
