import { expect, it } from 'vitest';
import { createKillPoint } from './kill-point.ts';
import { lifeMs, type Rotation } from './pretend-upwork.ts';
import { connectInput, type Rig, startRig } from './rig.ts';

const rotations: Rotation[] = ['tail', 'strict', 'none'];
const minute = 60_000;

/** Lets a process refresh, and kills it at a step. */
async function refreshKilledAt(rig: Rig, killAt: number) {
  const kill = createKillPoint(rig.upwork.oauth);
  const { connection, client } = await rig.connected(kill.options);
  await rig.clock.advance(lifeMs);
  const before = { refreshes: rig.upwork.refreshes, told: rig.told().length };
  kill.arm(killAt);
  client
    .identity()
    .then(() => connection.observer.answered())
    .catch(() => undefined);
  await rig.clock.advance(0);
  // The lease of the dead process has to run out first.
  rig.clock.jump(minute);
  return { kill, before };
}

it.each(rotations)('survives a kill at every step of a refresh (rotation: %s)', async (rotation) => {
  let killAt = 0;
  const outcomes: string[] = [];
  for (let isKilled = true; isKilled; ) {
    killAt += 1;
    await using rig = await startRig({ rotation, hasty: true });
    const { kill, before } = await refreshKilledAt(rig, killAt);
    isKilled = kill.isKilled();
    const next = await rig.start();
    await rig.clock.advance(2 * minute);
    const told = rig.told().slice(before.told);
    const { status } = next.connection.status();
    outcomes.push(status);
    expect(told, `killed at step ${killAt}`).toEqual(
      status === 'CONNECTED' ? [] : ['AUTH_EXPIRED OUTCOME_UNKNOWN', 'CONNECTED → AUTH_EXPIRED'],
    );
    if (status === 'CONNECTED') await next.client.identity();
    expect(rig.upwork.refreshes - before.refreshes, 'no storm').toBeLessThanOrEqual(3);
  }
  expect(outcomes.length).toBeGreaterThan(8);
  // Only where the old token dies at once, and only between Upwork's answer and its being stored, a person is needed.
  const lost = outcomes.filter((status) => status !== 'CONNECTED');
  expect(lost).toEqual(rotation === 'strict' ? ['AUTH_EXPIRED', 'AUTH_EXPIRED'] : []);
});

it('survives a kill at every step of a flow, and leaves the earlier connection or the new one, whole', async () => {
  let killAt = 0;
  const endings: string[] = [];
  for (let isKilled = true; isKilled; ) {
    killAt += 1;
    await using rig = await startRig({ hasty: true });
    const kill = createKillPoint(rig.upwork.oauth);
    const { connection } = await rig.connected(kill.options);
    await rig.clock.advance(1_000);
    kill.arm(killAt);
    const opened = connection.connect({ ...connectInput, force: true });
    opened
      .then(({ state }) => connection.complete(new URLSearchParams({ code: 'a-code', state })))
      .catch(() => undefined);
    await rig.clock.advance(0);
    isKilled = kill.isKilled();
    rig.clock.jump(4 * minute);
    const next = await rig.start();
    await rig.clock.advance(8 * minute);
    const flows = rig.db.sql.prepare('SELECT status FROM connection_flows ORDER BY created_at, id').pluck().all();
    const ending = String(flows[1] ?? 'none');
    endings.push(ending);
    const tokens = (await next.secrets.read('upwork/tokens'))?.data;
    expect(tokens, `killed at step ${killAt}: ${ending}`).toMatchObject({
      accessToken: ending === 'COMPLETED' ? 'access-2' : 'access-1',
    });
    expect(await next.secrets.read('upwork/flow'), 'nothing of the flow is left').toBeUndefined();
    expect(next.connection.status()).toMatchObject({ status: 'CONNECTED' });
    expect(next.connection.status().activeFlow).toBeUndefined();
    await next.client.identity();
    expect(rig.upwork.exchanges, 'no code is exchanged twice').toBeLessThanOrEqual(2);
  }
  expect(new Set(endings)).toEqual(new Set(['none', 'EXPIRED', 'FAILED', 'COMPLETED']));
  expect(endings.at(-1)).toBe('COMPLETED');
});
