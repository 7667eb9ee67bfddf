import { beforeAll, describe, expect, it } from 'vitest';
import { envelope, filled, instant } from './shapes.ts';
import { targets } from './targets.ts';
import { useServer } from './use-server.ts';
import { authOf, dataOf, refusal } from './wire.ts';

const whole = expect.any(Number);

describe.each(targets)('Tokens, $name', (target) => {
  const server = useServer(target);
  const lookUp = async (token: string) => dataOf(await server.ask('GET', 'auth/token/lookup-self', { token }));
  const renew = (token: string, body: unknown = {}) => server.ask('POST', 'auth/token/renew-self', { token, body });

  describe('making', () => {
    it('gives an envelope with auth and without data', async () => {
      const reply = await server.ask('POST', 'auth/token/create', { body: { policies: ['default'], ttl: '20m' } });
      expect(reply.status).toBe(200);
      expect(reply.body).toEqual(envelope({ auth: expect.any(Object) }));
      expect(authOf(reply)).toMatchObject({
        client_token: filled,
        accessor: filled,
        policies: ['default'],
        token_policies: ['default'],
        metadata: null,
        lease_duration: 1200,
        renewable: true,
        entity_id: '',
        token_type: 'service',
        orphan: false,
        mfa_requirement: null,
        num_uses: 0,
      });
    });
    it('adds the default policy and sorts', async () => {
      const reply = await server.ask('POST', 'auth/token/create', { body: { policies: ['zeta', 'alpha'], ttl: '5m' } });
      expect(authOf(reply)['policies']).toEqual(['alpha', 'default', 'zeta']);
    });
    it('leaves the default policy out when told to', async () => {
      const reply = await server.ask('POST', 'auth/token/create', {
        body: { policies: ['alpha'], no_default_policy: true, ttl: '5m' },
      });
      expect(authOf(reply)['policies']).toEqual(['alpha']);
    });
    it('gives 32 days where nobody says how long', async () => {
      const reply = await server.ask('POST', 'auth/token/create', { body: { policies: ['default'] } });
      expect(authOf(reply)['lease_duration']).toBe(2_764_800);
    });
    it('cuts a longer wish and warns', async () => {
      const reply = await server.ask('POST', 'auth/token/create', { body: { policies: ['default'], ttl: '9000h' } });
      expect(authOf(reply)['lease_duration']).toBe(2_764_800);
      expect(reply.body?.['warnings']).toEqual([
        expect.stringMatching(/^TTL of "9000h(?:0m0s)?" exceeded the effective max_ttl/),
      ]);
    });
    it('gives a batch token without an accessor that cannot be renewed', async () => {
      const reply = await server.ask('POST', 'auth/token/create', {
        body: { policies: ['default'], type: 'batch', ttl: '5m' },
      });
      expect(authOf(reply)).toMatchObject({ accessor: '', renewable: false, token_type: 'batch' });
    });
    it('refuses more than one may do oneself', async () => {
      const policy = await server.writePolicy('maker', 'path "auth/token/create" { capabilities = ["update"] }');
      const token = await server.makeToken({ policies: [policy], ttl: '5m' });
      const reply = await server.ask('POST', 'auth/token/create', { token, body: { policies: ['root'] } });
      expect(reply.status).toBe(400);
    });
  });

  describe('looking up', () => {
    it('tells all of a service token', async () => {
      const token = await server.makeToken({
        policies: ['default'],
        ttl: '20m',
        display_name: 'jane',
        meta: { a: 'b' },
      });
      const reply = await server.ask('GET', 'auth/token/lookup-self', { token });
      expect(reply.body).toEqual(envelope({ data: expect.any(Object) }));
      expect(dataOf(reply)).toMatchObject({
        accessor: filled,
        creation_time: whole,
        creation_ttl: 1200,
        display_name: 'token-jane',
        entity_id: '',
        expire_time: instant,
        explicit_max_ttl: 0,
        id: token,
        issue_time: instant,
        meta: { a: 'b' },
        num_uses: 0,
        orphan: false,
        path: 'auth/token/create',
        policies: ['default'],
        renewable: true,
        ttl: whole,
        type: 'service',
      });
      expect(Math.round(Number(dataOf(reply)['ttl']) / 60)).toBe(20);
    });
    it('tells nothing of a renewal before there was one', async () => {
      const token = await server.makeToken({ policies: ['default'], ttl: '20m' });
      expect(await lookUp(token)).not.toHaveProperty('last_renewal');
    });
    it('tells the last renewal', async () => {
      const token = await server.makeToken({ policies: ['default'], ttl: '20m' });
      await renew(token);
      expect(await lookUp(token)).toMatchObject({ last_renewal: instant, last_renewal_time: whole });
    });
    it('tells the period of a periodic token', async () => {
      const token = await server.makeToken({ policies: ['default'], period: '1h' });
      expect(await lookUp(token)).toMatchObject({ period: 3600, creation_ttl: 3600 });
    });
    it('tells no period of another', async () => {
      expect(await lookUp(await server.makeToken({ policies: ['default'], ttl: '20m' }))).not.toHaveProperty('period');
    });
    it('tells a batch token by its type', async () => {
      const token = await server.makeToken({ policies: ['default'], type: 'batch', ttl: '5m' });
      expect(await lookUp(token)).toMatchObject({ type: 'batch', renewable: false, accessor: '' });
    });
    it('tells a root token by a ttl of 0 that never ends', async () => {
      const data = await lookUp(await server.makeToken({ policies: ['root'] }));
      expect(data).toMatchObject({ ttl: 0, creation_ttl: 0, expire_time: null, policies: ['root'], type: 'service' });
      expect(data).not.toHaveProperty('renewable');
      expect(data).not.toHaveProperty('issue_time');
    });
    it('takes POST for looking up another, hiding nothing', async () => {
      const token = await server.makeToken({ policies: ['default'], ttl: '5m' });
      expect(dataOf(await server.ask('POST', 'auth/token/lookup', { body: { token } }))).toMatchObject({ id: token });
    });
    it('looks up by accessor without telling the token', async () => {
      const made = authOf(await server.arrange('POST', 'auth/token/create', { policies: ['default'], ttl: '5m' }));
      const reply = await server.ask('POST', 'auth/token/lookup-accessor', { body: { accessor: made['accessor'] } });
      expect(dataOf(reply)).toMatchObject({ id: '', accessor: made['accessor'] });
    });
    it('refuses a token that is none with 403 bad token', async () => {
      expect(refusal(await server.ask('POST', 'auth/token/lookup', { body: { token: 'nobody-knows-me' } }))).toEqual({
        status: 403,
        errors: ['bad token'],
      });
    });
  });

  describe('renewing', () => {
    it('gives auth with the new life and the same token', async () => {
      const token = await server.makeToken({ policies: ['default'], ttl: '20m' });
      const reply = await renew(token);
      expect(reply.body).toEqual(envelope({ auth: expect.any(Object) }));
      expect(authOf(reply)).toMatchObject({
        client_token: token,
        lease_duration: 1200,
        renewable: true,
        token_type: 'service',
      });
    });
    it('takes an increment', async () => {
      const token = await server.makeToken({ policies: ['default'], ttl: '20m' });
      expect(authOf(await renew(token, { increment: '1h' }))['lease_duration']).toBe(3600);
    });
    it('takes an increment in seconds', async () => {
      const token = await server.makeToken({ policies: ['default'], ttl: '20m' });
      expect(authOf(await renew(token, { increment: 90 }))['lease_duration']).toBe(90);
    });
    it('cuts at the explicit maximum and warns', async () => {
      const token = await server.makeToken({ policies: ['default'], ttl: '20m', explicit_max_ttl: '30m' });
      const reply = await renew(token, { increment: '1h' });
      expect(reply.status).toBe(200);
      expect(Math.ceil(Number(authOf(reply)['lease_duration']) / 60)).toBe(30);
      expect(reply.body?.['warnings']).toEqual([
        expect.stringMatching(
          /^TTL of "1h(?:0m0s)?" exceeded the effective max_ttl of "[\dhms]+"; TTL value is capped accordingly$/,
        ),
      ]);
    });
    it('gives a periodic token its period whatever is asked', async () => {
      const token = await server.makeToken({ policies: ['default'], period: '1h' });
      expect(authOf(await renew(token, { increment: '5h' }))['lease_duration']).toBe(3600);
    });
    it('refuses a token that is not renewable', async () => {
      const token = await server.makeToken({ policies: ['default'], ttl: '20m', renewable: false });
      expect(refusal(await renew(token))).toEqual({ status: 400, errors: ['lease is not renewable'] });
    });
    it('refuses a batch token', async () => {
      const token = await server.makeToken({ policies: ['default'], type: 'batch', ttl: '5m' });
      expect(refusal(await renew(token))).toEqual({ status: 400, errors: ['batch tokens cannot be renewed'] });
    });
    it('refuses a root token', async () => {
      const token = await server.makeToken({ policies: ['root'] });
      expect(refusal(await renew(token))).toEqual({ status: 400, errors: ['invalid lease ID'] });
    });
  });

  describe('revoking', () => {
    it('answers 204, and the token is dead', async () => {
      const token = await server.makeToken({ policies: ['default'], ttl: '5m' });
      const reply = await server.ask('POST', 'auth/token/revoke-self', { token });
      expect(reply).toMatchObject({ status: 204, text: '' });
      expect((await server.ask('GET', 'auth/token/lookup-self', { token })).status).toBe(403);
    });
    it('takes the children along', async () => {
      const policy = await server.writePolicy('parent', 'path "auth/token/create" { capabilities = ["update"] }');
      const parent = await server.makeToken({ policies: [policy], ttl: '5m' });
      const made = await server.ask('POST', 'auth/token/create', { token: parent, body: { ttl: '5m' } });
      const child = String(authOf(made)['client_token']);
      await server.arrange('POST', 'auth/token/revoke', { token: parent });
      expect((await server.ask('GET', 'auth/token/lookup-self', { token: child })).status).toBe(403);
    });
    it('refuses a batch token', async () => {
      const token = await server.makeToken({ policies: ['default'], type: 'batch', ttl: '5m' });
      expect(refusal(await server.ask('POST', 'auth/token/revoke-self', { token }))).toEqual({
        status: 400,
        errors: ['batch tokens cannot be revoked'],
      });
    });
  });

  describe('uses', () => {
    it('are counted down by every request', async () => {
      const token = await server.makeToken({ policies: ['default'], ttl: '5m', num_uses: 3 });
      await lookUp(token);
      expect(await lookUp(token)).toMatchObject({ num_uses: 1 });
    });
    it('end the token with the last one', async () => {
      const token = await server.makeToken({ policies: ['default'], ttl: '5m', num_uses: 1 });
      expect((await server.ask('GET', 'auth/token/lookup-self', { token })).status).toBe(200);
      expect((await server.ask('GET', 'auth/token/lookup-self', { token })).status).toBe(403);
    });
    it('are spent by a refused request too', async () => {
      const token = await server.makeToken({ policies: ['default'], ttl: '5m', num_uses: 1 });
      expect((await server.ask('GET', 'sys/mounts', { token })).status).toBe(403);
      expect((await server.ask('GET', 'auth/token/lookup-self', { token })).status).toBe(403);
    });
  });

  if (target.isDouble)
    describe('the double alone', () => {
      const later = (ms: number) => server.double.steer('POST', '/clock', { advanceMs: ms });
      beforeAll(() => server.double.steer('POST', '/clock', { running: false }));
      it('has tokens of the form of its dialect', async () => {
        const [service, batch] = [
          await server.makeToken({ policies: ['default'] }),
          await server.makeToken({ policies: ['default'], type: 'batch' }),
        ];
        expect([service.slice(0, service.indexOf('.')), batch.slice(0, batch.indexOf('.'))]).toEqual(
          server.dialect === 'vault' ? ['hvs', 'hvb'] : ['s', 'b'],
        );
      });
      it('writes the cut life in the way of its dialect', async () => {
        const token = await server.makeToken({ policies: ['default'], ttl: '20m', explicit_max_ttl: '2h' });
        await later(900_000);
        const reply = await renew(token, { increment: '3h' });
        expect(reply.body?.['warnings']).toEqual([
          expect.stringContaining(server.dialect === 'vault' ? '"3h0m0s"' : '"3h"'),
        ]);
      });
      it('ends a token with its life', async () => {
        const token = await server.makeToken({ policies: ['default'], ttl: '20m' });
        await later(1_199_000);
        expect(await lookUp(token)).toMatchObject({ ttl: 1 });
        await later(1_000);
        expect((await server.ask('GET', 'auth/token/lookup-self', { token })).status).toBe(403);
      });
      it('keeps a renewed token alive', async () => {
        const token = await server.makeToken({ policies: ['default'], ttl: '20m' });
        await later(1_000_000);
        await renew(token);
        await later(1_000_000);
        expect((await server.ask('GET', 'auth/token/lookup-self', { token })).status).toBe(200);
      });
      it('ends a token at its maximum, renewed or not', async () => {
        const token = await server.makeToken({ policies: ['default'], ttl: '20m', explicit_max_ttl: '30m' });
        await later(1_100_000);
        expect(authOf(await renew(token))['lease_duration']).toBe(700);
        await later(700_000);
        expect((await server.ask('GET', 'auth/token/lookup-self', { token })).status).toBe(403);
      });
      it('keeps a periodic token alive beyond the maximum of others', async () => {
        const token = await server.makeToken({ policies: ['default'], period: '768h' });
        for (let n = 0; n < 3; n++) {
          await later(700 * 3_600_000);
          expect((await renew(token)).status).toBe(200);
        }
      });
      it('refuses to renew beyond a maximum that was lowered since', async () => {
        const token = await server.makeToken({ policies: ['default'], ttl: '2h' });
        await later(3_600_000);
        await server.double.steer('POST', '/settings', { maxLeaseTtl: 1800 });
        const reply = await renew(token);
        await server.double.steer('POST', '/settings', { maxLeaseTtl: 2_764_800 });
        expect(refusal(reply)).toEqual({ status: 400, errors: ['past the max TTL, cannot renew'] });
      });
      it('ends all tokens that can end when told to', async () => {
        const token = await server.makeToken({ policies: ['default'] });
        await server.double.steer('POST', '/tokens/revoke-all');
        expect((await server.ask('GET', 'auth/token/lookup-self', { token })).status).toBe(403);
        expect((await server.ask('GET', 'auth/token/lookup-self')).status).toBe(200);
      });
    });
});
