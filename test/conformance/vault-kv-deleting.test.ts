import { describe, expect, it } from 'vitest';
import { instant } from './shapes.ts';
import { targets } from './targets.ts';
import { useServer } from './use-server.ts';
import { dataOf, refusal } from './wire.ts';

describe.each(targets)('KV v2 deleting, $name', (target) => {
  const server = useServer(target, ['kv']);
  const data = (key: string) => `${server.at.kv}/data/${key}`;
  /** A key with so many versions; the n-th holds `{n}`. */
  const versions = async (key: string, count: number) => {
    for (let n = 1; n <= count; n++) await server.arrange('POST', data(key), { data: { n } });
    return key;
  };

  describe('deleting', () => {
    it('answers 204 with an empty body', async () => {
      const reply = await server.ask('DELETE', data(await versions('delete', 1)));
      expect(reply).toMatchObject({ status: 204, text: '' });
    });
    it('answers 204 for a key that never was', async () => {
      expect((await server.ask('DELETE', data('delete-never'))).status).toBe(204);
    });
    it('leaves a 404 with an envelope instead of errors', async () => {
      await server.arrange('DELETE', data(await versions('deleted', 2)));
      const reply = await server.ask('GET', data('deleted'));
      expect(reply.status).toBe(404);
      expect(reply.body).not.toHaveProperty('errors');
      expect(dataOf(reply)).toEqual({
        data: null,
        metadata: {
          created_time: instant,
          custom_metadata: null,
          deletion_time: instant,
          destroyed: false,
          version: 2,
        },
      });
    });
    it('leaves older versions readable', async () => {
      await server.arrange('DELETE', data(await versions('deleted-newest', 2)));
      expect((await server.ask('GET', `${data('deleted-newest')}?version=1`)).status).toBe(200);
    });
    it('deletes the versions named', async () => {
      await server.arrange('POST', `${server.at.kv}/delete/${await versions('some', 3)}`, { versions: [1, 2] });
      const statuses = await Promise.all(
        [1, 2, 3].map(async (n) => (await server.ask('GET', `${data('some')}?version=${n}`)).status),
      );
      expect(statuses).toEqual([404, 404, 200]);
    });
    it('keeps the first time of deletion', async () => {
      await server.arrange('DELETE', data(await versions('twice', 1)));
      const first = dataOf(await server.ask('GET', data('twice')));
      await server.arrange('DELETE', data('twice'));
      expect(dataOf(await server.ask('GET', data('twice')))).toEqual(first);
    });
    it('brings back what was deleted', async () => {
      await server.arrange('DELETE', data(await versions('back', 1)));
      expect((await server.ask('POST', `${server.at.kv}/undelete/back`, { body: { versions: [1] } })).status).toBe(204);
      expect(dataOf(await server.ask('GET', data('back')))).toMatchObject({
        data: { n: 1 },
        metadata: { deletion_time: '', version: 1 },
      });
    });
    it('answers 204 to destroying', async () => {
      const reply = await server.ask('POST', `${server.at.kv}/destroy/${await versions('gone', 1)}`, {
        body: { versions: [1] },
      });
      expect(reply.status).toBe(204);
    });
    it('says of a destroyed version that it is, in a 404 with an envelope', async () => {
      await server.arrange('POST', `${server.at.kv}/destroy/${await versions('destroyed', 1)}`, { versions: [1] });
      const reply = await server.ask('GET', data('destroyed'));
      expect(reply.status).toBe(404);
      expect(dataOf(reply)).toMatchObject({ data: null, metadata: { destroyed: true, deletion_time: '', version: 1 } });
    });
    it('brings no destroyed version back', async () => {
      await server.arrange('DELETE', data(await versions('ashes', 1)));
      await server.arrange('POST', `${server.at.kv}/destroy/ashes`, { versions: [1] });
      const before = dataOf(await server.ask('GET', data('ashes')));
      await server.arrange('POST', `${server.at.kv}/undelete/ashes`, { versions: [1] });
      const after = await server.ask('GET', data('ashes'));
      expect([after.status, dataOf(after)]).toEqual([404, before]);
    });
    it.each(['delete', 'undelete', 'destroy'])('refuses to %s without a version', async (verb) => {
      const reply = await server.ask('POST', `${server.at.kv}/${verb}/${await versions('which', 1)}`, { body: {} });
      expect(refusal(reply)).toEqual({ status: 400, errors: ['No version number provided'] });
    });
    it.each(['delete', 'undelete', 'destroy'])('answers 204 to %s of a key that never was', async (verb) => {
      const reply = await server.ask('POST', `${server.at.kv}/${verb}/never`, { body: { versions: [1] } });
      expect(reply.status).toBe(204);
    });
  });

  describe('keeping', () => {
    it('keeps ten versions and forgets the older for ever', async () => {
      await versions('ten', 12);
      expect(refusal(await server.ask('GET', `${data('ten')}?version=2`))).toEqual({ status: 404, errors: [] });
      expect((await server.ask('GET', `${data('ten')}?version=3`)).status).toBe(200);
    });
    it('keeps as many as a key says', async () => {
      await server.arrange('POST', `${server.at.kv}/metadata/two`, { max_versions: 2 });
      await versions('two', 3);
      const metadata = dataOf(await server.ask('GET', `${server.at.kv}/metadata/two`));
      expect(metadata).toMatchObject({ current_version: 3, max_versions: 2, oldest_version: 2 });
      expect(Object.keys(metadata['versions'] as object)).toEqual(['2', '3']);
    });
  });

  if (target.isDouble)
    describe('the double alone', () => {
      it('says that it is being upgraded', async () => {
        await server.double.steer('POST', '/settings', { upgrading: true });
        const reply = await server.ask('GET', data('any'));
        await server.double.steer('POST', '/settings', { upgrading: false });
        expect(refusal(reply)).toEqual({
          status: 400,
          errors: [expect.stringMatching(/^Upgrading from non-versioned to versioned data\. /)],
        });
      });
      it('deletes a version by itself when its time is over', async () => {
        await server.arrange('POST', `${server.at.kv}/metadata/timed`, { delete_version_after: '1h' });
        await server.arrange('POST', data('timed'), { data: { n: 1 } });
        expect((await server.ask('GET', data('timed'))).status).toBe(200);
        await server.double.steer('POST', '/clock', { advanceMs: 3_600_000 });
        const reply = await server.ask('GET', data('timed'));
        expect(reply.status).toBe(404);
        expect(dataOf(reply)).toMatchObject({ data: null, metadata: { deletion_time: instant } });
      });
    });
});
