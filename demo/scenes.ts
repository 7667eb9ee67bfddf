import { control, provoke, query, scan, until } from './arrange.ts';
import { hire } from './hire.ts';
import type { RunningDemo } from './running.ts';

/** One thing the product does, arranged at the pretended Upwork and shown as Prospector tells of it. */
interface Scene {
  /** What it shows, for the list of scenes. */
  readonly shows: string;
  readonly play: (demo: RunningDemo, say: (line: string) => void) => Promise<void>;
}

/** Everything that `show` can show, by name. */
export const scenes: Readonly<Record<string, Scene>> = {
  hire: { shows: 'a proposal from draft to hire, and its contract', play: hire },
  'auth-expired': { shows: 'access that was revoked at Upwork', play: authExpired },
  'zero-results': { shows: 'a scan that finds nothing, and why', play: zeroResults },
  'rate-limit': { shows: 'Upwork asking for a pause', play: rateLimit },
};

async function authExpired(demo: RunningDemo, say: (line: string) => void): Promise<void> {
  await control(demo, 'POST /tokens/revoke', {});
  say('Access was revoked at Upwork. Prospector asks once more …');
  await provoke(demo);
  await showStatus(demo, say, 'AUTH_EXPIRED');
  say(`Repair it: ${demo.command} connect upwork`);
}

async function zeroResults(demo: RunningDemo, say: (line: string) => void): Promise<void> {
  say('A scan by hand for “underwater basket weaving”, which nobody posts. The preferences stay as they are …');
  const id = await scan(demo, { criteria: { keywords: ['underwater basket weaving'] } });
  const { scan: ended } = await query<{
    scan: { diagnosis: { verdict: string; summary: string; suggestions: { message: string }[] } | null };
  }>(demo, 'query DemoScan($id: ID!) { scan(id: $id) { diagnosis { verdict summary suggestions { message } } } }', {
    id,
  });
  if (!ended.diagnosis) throw new Error('The scan ended without a diagnosis.');
  say(`${ended.diagnosis.verdict}: ${ended.diagnosis.summary}`);
  for (const { message } of ended.diagnosis.suggestions) say(`- ${message}`);
}

async function rateLimit(demo: RunningDemo, say: (line: string) => void): Promise<void> {
  await control(demo, 'POST /faults', { target: 'graphql', kind: 'retry-after', value: '60', times: 1 });
  say('The pretended Upwork answers the next request with 429 and “Retry-After: 60” …');
  await provoke(demo);
  await showStatus(demo, say, 'RATE_LIMITED');
  say('It goes on by itself after that minute.');
}

async function showStatus(demo: RunningDemo, say: (line: string) => void, wanted: string): Promise<void> {
  const { status, message } = await until(`the status ${wanted}`, async () => {
    const { platformStatus } = await query<{ platformStatus: { status: string; message: string } }>(
      demo,
      'query DemoStatus { platformStatus { status message } }',
    );
    return platformStatus.status === wanted ? platformStatus : undefined;
  });
  say(`${status}: ${message}`);
}
