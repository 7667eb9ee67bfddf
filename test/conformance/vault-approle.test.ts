import { beforeAll, describe, expect, it } from 'vitest';
import { envelope, filled, instant, uuid } from './shapes.ts';
import { targets } from './targets.ts';
import { useServer } from './use-server.ts';
import { authOf, dataOf, refusal } from './wire.ts';

describe.each(targets)('AppRole, $name', (target) => {
  const server = useServer(target, ['approle']);
  const login = (body: unknown) => server.ask('POST', `${server.at.approle}/login`, { token: null, body });
  const role = (name: string) => `${server.at.approle}/role/${name}`;
  const invalid = { status: 400, errors: ['invalid role or secret ID'] };

  describe('a login', () => {
    it('gives auth and no data', async () => {
      const ids = await server.makeRole('plain', { token_policies: ['app'], token_ttl: '20m', token_max_ttl: '1h' });
      const reply = await login(ids);
      expect(reply.status).toBe(200);
      expect(reply.body).toEqual(envelope({ auth: expect.any(Object) }));
      expect(authOf(reply)).toMatchObject({
        client_token: filled,
        accessor: filled,
        policies: ['app', 'default'],
        token_policies: ['app', 'default'],
        metadata: { role_name: 'plain' },
        lease_duration: 1200,
        renewable: true,
        entity_id: uuid,
        token_type: 'service',
        orphan: true,
        mfa_requirement: null,
        num_uses: 0,
      });
    });
    it('gives a token that works', async () => {
      const token = String(authOf(await login(await server.makeRole('works')))['client_token']);
      expect(dataOf(await server.ask('GET', 'auth/token/lookup-self', { token }))).toMatchObject({
        path: `${server.at.approle}/login`,
        meta: { role_name: 'works' },
        orphan: true,
        type: 'service',
        expire_time: instant,
      });
    });
    it('gives another token each time, of the same entity', async () => {
      const ids = await server.makeRole('again');
      const [first, second] = [authOf(await login(ids)), authOf(await login(ids))];
      expect(first['client_token']).not.toBe(second['client_token']);
      expect(first['entity_id']).toBe(second['entity_id']);
    });
    it('takes PUT', async () => {
      const body = await server.makeRole('put');
      expect((await server.ask('PUT', `${server.at.approle}/login`, { token: null, body })).status).toBe(200);
    });
    it('gives 32 days where the role says nothing', async () => {
      expect(authOf(await login(await server.makeRole('silent')))['lease_duration']).toBe(2_764_800);
    });
    it('gives the period of a role that has one', async () => {
      expect(authOf(await login(await server.makeRole('period', { token_period: '2h' })))['lease_duration']).toBe(7200);
    });
    it('gives a batch token where the role says so', async () => {
      const reply = await login(await server.makeRole('batch', { token_type: 'batch', token_ttl: '20m' }));
      expect(authOf(reply)).toMatchObject({ token_type: 'batch', renewable: false, accessor: '' });
    });
    it('gives as many uses as the role says', async () => {
      expect(authOf(await login(await server.makeRole('uses', { token_num_uses: 7 })))['num_uses']).toBe(7);
    });
    it('trims what was copied with spaces', async () => {
      const { role_id, secret_id } = await server.makeRole('spaces');
      expect((await login({ role_id: ` ${role_id}\n`, secret_id: `\t${secret_id} ` })).status).toBe(200);
    });
    it('needs no secret_id where the role binds none', async () => {
      await server.arrange('POST', role('unbound'), {
        bind_secret_id: false,
        token_bound_cidrs: ['0.0.0.0/0', '::/0'],
      });
      const role_id = dataOf(await server.arrange('GET', `${role('unbound')}/role-id`))['role_id'];
      expect((await login({ role_id })).status).toBe(200);
    });
  });

  describe('a login is refused', () => {
    it('for a role_id nobody knows', async () => {
      expect(refusal(await login({ role_id: 'nobody', secret_id: 'x' }))).toEqual(invalid);
    });
    it('for a wrong secret_id, in the same words', async () => {
      const { role_id } = await server.makeRole('wrong');
      expect(refusal(await login({ role_id, secret_id: 'wrong' }))).toEqual(invalid);
    });
    it('for the secret_id of another role', async () => {
      const [one, other] = [await server.makeRole('one'), await server.makeRole('other')];
      expect(refusal(await login({ role_id: one.role_id, secret_id: other.secret_id }))).toEqual(invalid);
    });
    it('without a secret_id', async () => {
      const { role_id } = await server.makeRole('half');
      expect(refusal(await login({ role_id }))).toEqual({ status: 400, errors: ['missing secret_id'] });
    });
    it('without a role_id, by a 500 where the lockout is on, else by a 400', async () => {
      const { status, errors } = refusal(await login({ secret_id: 'x' }));
      expect([400, 500]).toContain(status);
      expect(errors).toEqual([expect.stringMatching(/missing role_id|failed to determine alias name/)]);
    });
    it('once the single use of a secret_id is spent', async () => {
      const ids = await server.makeRole('single', { secret_id_num_uses: 1 });
      expect((await login(ids)).status).toBe(200);
      expect(refusal(await login(ids))).toEqual(invalid);
    });
    it('once a secret_id is destroyed', async () => {
      const ids = await server.makeRole('destroyed');
      await server.arrange('POST', `${role('destroyed')}/secret-id/destroy`, { secret_id: ids.secret_id });
      expect(refusal(await login(ids))).toEqual(invalid);
    });
    it('once the role is deleted', async () => {
      const ids = await server.makeRole('deleted');
      await server.arrange('DELETE', role('deleted'));
      expect(refusal(await login(ids))).toEqual(invalid);
    });
    it('from a network the secret_id is not for', async () => {
      const { role_id } = await server.makeRole('network');
      const made = await server.arrange('POST', `${role('network')}/secret-id`, { cidr_list: '192.0.2.0/24' });
      expect(refusal(await login({ role_id, secret_id: dataOf(made)['secret_id'] }))).toEqual({
        status: 400,
        errors: [
          expect.stringMatching(
            /^source address "[\d.:a-f]+" unauthorized through CIDR restrictions on the secret ID$/,
          ),
        ],
      });
    });
    it('with GET', async () => {
      expect((await server.ask('GET', `${server.at.approle}/login`, { token: null })).status).toBe(405);
    });
  });

  describe('a role', () => {
    it('is made with 204', async () => {
      expect(await server.ask('POST', role('made'), { body: {} })).toMatchObject({ status: 204, text: '' });
    });
    it('shows durations as seconds', async () => {
      await server.arrange('POST', role('shown'), { token_ttl: '20m', token_max_ttl: '1h', secret_id_ttl: '24h' });
      expect(dataOf(await server.ask('GET', role('shown')))).toMatchObject({
        bind_secret_id: true,
        secret_id_num_uses: 0,
        secret_id_ttl: 86_400,
        token_max_ttl: 3600,
        token_ttl: 1200,
      });
    });
    it('takes policies with commas', async () => {
      await server.arrange('POST', role('commas'), { token_policies: 'a,b' });
      expect(dataOf(await server.ask('GET', role('commas')))['token_policies']).toEqual(['a', 'b']);
    });
    it('that never was is a 404 with an empty list of errors', async () => {
      expect(refusal(await server.ask('GET', role('never')))).toEqual({ status: 404, errors: [] });
    });
    it('has a role_id that stays', async () => {
      const { role_id } = await server.makeRole('stays');
      expect(role_id).toEqual(uuid);
      await server.arrange('POST', role('stays'), { token_ttl: '1h' });
      expect(dataOf(await server.ask('GET', `${role('stays')}/role-id`))).toEqual({ role_id });
    });
    it('takes another role_id', async () => {
      const { secret_id } = await server.makeRole('renamed');
      await server.arrange('POST', `${role('renamed')}/role-id`, { role_id: `${server.prefix}-chosen` });
      expect((await login({ role_id: `${server.prefix}-chosen`, secret_id })).status).toBe(200);
    });
    it('is listed', async () => {
      await server.makeRole('listed');
      expect(dataOf(await server.ask('LIST', `${server.at.approle}/role`))['keys']).toContain('listed');
    });
  });

  describe('a secret_id', () => {
    it('comes with its accessor, uses and life', async () => {
      await server.makeRole('secret', { secret_id_num_uses: 3, secret_id_ttl: '1h' });
      const reply = await server.ask('POST', `${role('secret')}/secret-id`);
      expect(reply.status).toBe(200);
      expect(dataOf(reply)).toMatchObject({
        secret_id: uuid,
        secret_id_accessor: uuid,
        secret_id_num_uses: 3,
        secret_id_ttl: 3600,
      });
    });
    it('can be looked up without spending it', async () => {
      const { secret_id } = await server.makeRole('looked', { secret_id_num_uses: 3 });
      const reply = await server.ask('POST', `${role('looked')}/secret-id/lookup`, { body: { secret_id } });
      expect(dataOf(reply)).toMatchObject({ secret_id_num_uses: 3, creation_time: instant, secret_id_accessor: uuid });
    });
    it('nobody knows is looked up with 204', async () => {
      await server.makeRole('unknown');
      const reply = await server.ask('POST', `${role('unknown')}/secret-id/lookup`, { body: { secret_id: 'nobody' } });
      expect(reply.status).toBe(204);
    });
    it('can be chosen', async () => {
      const { role_id } = await server.makeRole('chosen');
      await server.arrange('POST', `${role('chosen')}/custom-secret-id`, { secret_id: 'a-chosen-secret-id' });
      expect((await login({ role_id, secret_id: 'a-chosen-secret-id' })).status).toBe(200);
    });
    it('carries metadata into the token', async () => {
      const { role_id } = await server.makeRole('tagged');
      const made = await server.arrange('POST', `${role('tagged')}/secret-id`, { metadata: '{"host":"a"}' });
      const reply = await login({ role_id, secret_id: dataOf(made)['secret_id'] });
      expect(authOf(reply)['metadata']).toEqual({ host: 'a', role_name: 'tagged' });
    });
    it('of a role that never was is a 404', async () => {
      expect((await server.ask('POST', `${role('never')}/secret-id`)).status).toBe(404);
    });
  });

  describe('renewing a token of a login', () => {
    const renew = (token: string, increment: string) =>
      server.ask('POST', 'auth/token/renew-self', { token, body: { increment } });

    it('gives the role’s life', async () => {
      const reply = await login(await server.makeRole('renew', { token_ttl: '20m', token_max_ttl: '1h' }));
      const renewed = await server.ask('POST', 'auth/token/renew-self', {
        token: String(authOf(reply)['client_token']),
        body: {},
      });
      expect(authOf(renewed)).toMatchObject({ lease_duration: 1200, metadata: { role_name: 'renew' }, orphan: true });
    });
    it('gives no more than the role’s maximum, with a warning', async () => {
      const reply = await login(await server.makeRole('max', { token_ttl: '20m', token_max_ttl: '30m' }));
      const renewed = await renew(String(authOf(reply)['client_token']), '1h');
      expect(renewed.status).toBe(200);
      expect(Math.ceil(Number(authOf(renewed)['lease_duration']) / 60)).toBe(30);
      expect(renewed.body?.['warnings']).toEqual([expect.stringContaining('exceeded the effective max_ttl')]);
    });
  });

  if (target.isDouble)
    describe('the double alone', () => {
      beforeAll(() => server.double.steer('POST', '/clock', { running: false }));
      const later = (ms: number) => server.double.steer('POST', '/clock', { advanceMs: ms });
      const fail = async (role_id: string, times: number) => {
        for (let n = 0; n < times; n++) await login({ role_id, secret_id: 'wrong' });
      };

      it('ends a secret_id with its life', async () => {
        const ids = await server.makeRole('short', { secret_id_ttl: '10m' });
        expect((await login(ids)).status).toBe(200);
        await later(600_000);
        expect(refusal(await login(ids))).toEqual(invalid);
      });
      it('locks a role after five wrong secret_ids, even for the right one', async () => {
        const ids = await server.makeRole('locked');
        await fail(ids.role_id, 5);
        expect(refusal(await login(ids))).toEqual({ status: 403, errors: ['permission denied'] });
      });
      it('opens a locked role after fifteen minutes', async () => {
        const ids = await server.makeRole('opened');
        await fail(ids.role_id, 5);
        await later(15 * 60_000);
        expect((await login(ids)).status).toBe(200);
      });
      it('counts from the start after a login that worked', async () => {
        const ids = await server.makeRole('forgiven');
        await fail(ids.role_id, 4);
        await login(ids);
        await fail(ids.role_id, 4);
        expect((await login(ids)).status).toBe(200);
      });
      it('locks no other role', async () => {
        const [one, other] = [await server.makeRole('culprit'), await server.makeRole('bystander')];
        await fail(one.role_id, 5);
        expect((await login(other)).status).toBe(200);
      });
      it('locks nobody where the lockout is off, and then says what is missing with 400', async () => {
        await server.double.steer('POST', '/settings', { userLockout: false });
        const ids = await server.makeRole('free');
        await fail(ids.role_id, 6);
        const [right, empty] = [await login(ids), await login({ secret_id: 'x' })];
        await server.double.steer('POST', '/settings', { userLockout: true });
        expect(right.status).toBe(200);
        expect(refusal(empty)).toEqual({ status: 400, errors: ['missing role_id'] });
      });
      it('makes a role ready to log in with by its control port', async () => {
        const made = (await server.double.steer('POST', '/roles', { name: 'ready', role: { token_ttl: 60 } })) as {
          roleId: string;
          secretId: string;
        };
        const body = { role_id: made.roleId, secret_id: made.secretId };
        const reply = await server.ask('POST', 'auth/approle/login', { token: null, body });
        expect(authOf(reply)['lease_duration']).toBe(60);
      });
    });
});
