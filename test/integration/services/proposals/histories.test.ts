import { createHash } from 'node:crypto';
import pino from 'pino';
import { expect, it } from 'vitest';
import { systemRandom } from '../../../../src/random.ts';
import { createEventLog } from '../../../../src/services/events/log.ts';
import { createJobs } from '../../../../src/services/jobs/jobs.ts';
import { createProposals, type RunningProposals } from '../../../../src/services/proposals/proposals.ts';
import type {
  ProposalToSend,
  SendOutcome,
  UpstreamProposal,
} from '../../../../src/services/upwork/calls/proposal-calls.ts';
import { UpworkError, type UpworkIdentity } from '../../../../src/services/upwork/model.ts';
import { createTestClock } from '../../../support/clock.ts';
import { createTestDatabase } from '../../../support/database.ts';

const histories = 10_000;
const minute = 60_000;

/** What becomes of one submission on its way. `kill`: the process dies before it hears; nobody ever answers. */
const fates = ['ok', 'refused', 'limited', 'lost', 'lost-after', 'kill', 'kill-after', 'misworded'] as const;
type Fate = (typeof fates)[number];

/** Mulberry32: the same seed gives the same history. */
function chance(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    pick: <Item>(list: readonly Item[]): Item => list[Math.floor(next() * list.length)] as Item,
    share: (part: number) => next() < part,
  };
}

/** An Upwork that keeps what it took, and tells what it was sent. It refuses no second proposal: that is for us to prevent. */
function createUpwork(seed: number) {
  const taken: UpstreamProposal[] = [];
  const received: { sent: ProposalToSend; fate: Fate }[] = [];
  let fate: Fate = 'ok';
  let isDown = false;
  let isBlurred = false;
  const take = (sent: ProposalToSend, at: Date): SendOutcome => {
    const externalId = String(2_000_000_000_000 + seed * 100 + taken.length);
    taken.push({
      externalId,
      status: 'Accepted',
      coverLetter: sent.coverLetter,
      jobExternalId: sent.jobExternalId,
      jobTitle: 'A job',
      viewed: false,
      createdAt: at,
      modifiedAt: at,
    });
    return { outcome: 'submitted', externalId };
  };
  return {
    taken,
    received,
    next: (wanted: Fate) => {
      fate = wanted;
    },
    down: (wanted: boolean) => {
      isDown = wanted;
    },
    blurred: (wanted: boolean) => {
      isBlurred = wanted;
    },
    calls: (now: () => Date) => ({
      send: async (sent: ProposalToSend): Promise<SendOutcome> => {
        received.push({ sent, fate });
        if (fate === 'limited')
          throw new UpworkError('rate_limited', 'Too many requests', { retryAfterMs: 1, isUnsent: true });
        if (fate === 'refused') return { outcome: 'refused', reason: 'UNEXPECTED_ERROR' };
        if (fate === 'lost') throw new UpworkError('timeout', 'No answer');
        if (fate === 'kill') return new Promise(() => {});
        const outcome = take(sent, now());
        if (fate === 'lost-after') throw new UpworkError('network', 'The connection was cut');
        if (fate === 'misworded') throw new UpworkError('authorization_failed', 'It said: 403, invalid token.');
        if (fate === 'kill-after') return new Promise(() => {});
        return outcome;
      },
      list: async ({ jobExternalId }: { jobExternalId?: string }) => {
        if (isDown) throw new UpworkError('unavailable', 'Down');
        const proposals = taken.filter((entry) => jobExternalId === undefined || entry.jobExternalId === jobExternalId);
        // A filter that leaves out, and a list whose entries are nulled: neither proves that nothing is there.
        return isBlurred
          ? { proposals: [], unread: jobExternalId ? [] : taken.map(() => 'an entry was nulled.'), isWhole: true }
          : { proposals, unread: [], isWhole: true };
      },
    }),
  };
}

it(`over ${histories} random histories of submitting, losing answers, dying, retrying and syncing, sends what was confirmed and nothing else, never twice, and loses nothing`, async () => {
  const clock = createTestClock();
  using db = createTestDatabase(clock);
  // Thousands of commits a second: what is proved is order, not what a disk does.
  db.sql.pragma('synchronous = OFF');
  const log = pino({ level: 'silent' });
  const events = createEventLog({ db, clock, random: systemRandom });
  const stored = createJobs({ db, clock, random: systemRandom, retentionMs: 86_400_000_000 });
  const reached = new Set<string>();

  for (let seed = 1; seed <= histories; seed++) {
    const upwork = createUpwork(seed);
    const draw = chance(seed);
    const open = (): RunningProposals =>
      createProposals({
        db,
        clock,
        random: systemRandom,
        log,
        events,
        jobs: stored.jobs,
        rememberJob: stored.rememberJob,
        upwork: upwork.calls(() => clock.now()),
        identity: async () => ({ userId: 'u', userName: 'n', organizationId: 'o' }) as UpworkIdentity,
        connection: { status: () => ({ capabilities: [] }) as never },
        preferences: { current: () => ({}) as never },
        templatesFolder: '/nowhere',
        feePercent: () => '10',
      });
    let service = open();
    const restart = () => {
      service.close();
      service = open();
      service.start();
    };
    const job = stored.rememberJob(`19${String(seed).padStart(17, '0')}`, 'A job');
    stored.jobs.update({ jobId: job.id, triage: 'NEW' });
    const { proposal } = await service.createDraft({ jobId: job.id, coverLetter: 'v0', terms: { rate: '50' } });
    /** Each confirmation, a key for one content, and what the person read. */
    const confirmed = new Map<string, { key: string; letter: string }>();
    let edits = 0;

    const submit = async () => {
      const current = service.byId(proposal.id);
      if (!current) return;
      const isRepeat = confirmed.size > 0 && draw.share(0.4);
      const key = isRepeat ? draw.pick([...confirmed.values()]).key : `${seed}-${confirmed.size}`;
      const isStale = !isRepeat && draw.share(0.15);
      const contentHash = isStale ? createHash('sha256').update('old').digest('hex') : current.contentHash;
      if (!isStale) confirmed.set(`${key} ${contentHash}`, { key, letter: current.coverLetter });
      const fate = draw.pick(fates);
      upwork.next(fate);
      const attempt = service.submit({ proposalId: proposal.id, contentHash, idempotencyKey: key }).then(
        () => undefined,
        () => undefined,
      );
      if (!fate.startsWith('kill')) return attempt;
      for (let turn = 0; turn < 4; turn++) await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
      return restart();
    };
    const deeds = [
      submit,
      submit,
      submit,
      () => service.sync().catch(() => undefined),
      () => upwork.down(draw.share(0.5)),
      () => upwork.blurred(draw.share(0.5)),
      () => clock.advance(draw.pick([1, 5, 12]) * minute),
      restart,
      () => {
        edits += 1;
        try {
          service.updateDraft({ proposalId: proposal.id, coverLetter: `v${edits}` });
        } catch {
          // Not in a status in which it may be changed: that is what should happen.
        }
      },
    ];
    const length = 4 + Math.floor(seed % 6);
    for (let step = 0; step < length; step++) await draw.pick(deeds)();

    upwork.down(false);
    upwork.blurred(false);
    restart();
    await clock.advance(30 * minute);
    await service.sync();
    const final = service.byId(proposal.id);
    reached.add(final?.status ?? 'gone');
    service.close();

    const where = `seed ${seed}`;
    const letters = new Set([...confirmed.values()].map(({ letter }) => letter));
    for (const { sent } of upwork.received)
      expect(letters.has(sent.coverLetter), `${where}: sent without a confirmation`).toBe(true);
    // A 429 is no attempt: the same confirmation may knock again.
    const attempts = upwork.received.filter(({ fate }) => fate !== 'limited');
    expect(attempts.length, `${where}: sent more often than confirmed`).toBeLessThanOrEqual(confirmed.size);
    expect(upwork.taken.length, `${where}: two proposals for one job`).toBeLessThanOrEqual(1);
    if (upwork.taken.length === 1)
      expect(final, `${where}: lost`).toMatchObject({ status: 'SUBMITTED', externalId: upwork.taken[0]?.externalId });
    else expect(['DRAFT', 'FAILED'], `${where}: ${final?.status} although Upwork has nothing`).toContain(final?.status);
  }
  expect([...reached].sort()).toEqual(['DRAFT', 'FAILED', 'SUBMITTED']);
}, 900_000);
