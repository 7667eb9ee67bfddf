import { describe, expect, it } from 'vitest';
import { envelope, instant } from './shapes.ts';
import { targets } from './targets.ts';
import { useServer } from './use-server.ts';
import { dataOf, refusal } from './wire.ts';

const mergePatch = { 'content-type': 'application/merge-patch+json' };

describe.each(targets)('KV v2 data, $name', (target) => {
  const server = useServer(target, ['kv']);
  const data = (key: string) => `${server.at.kv}/data/${key}`;
  const write = (key: string, value: Record<string, unknown>, cas?: unknown) =>
    server.ask('POST', data(key), { body: { data: value, ...(cas !== undefined && { options: { cas } }) } });
  /** A key with so many versions; the n-th holds `{n}`. */
  const versions = async (key: string, count: number) => {
    for (let n = 1; n <= count; n++) await server.arrange('POST', data(key), { data: { n } });
    return key;
  };

  describe('reading', () => {
    it('gives data and metadata of the current version', async () => {
      await server.arrange('POST', data('read'), { data: { user: 'jane', nested: { list: [1, null, 'ü'] } } });
      const reply = await server.ask('GET', data('read'));
      expect(reply.status).toBe(200);
      expect(reply.body).toEqual(
        envelope({
          data: {
            data: { user: 'jane', nested: { list: [1, null, 'ü'] } },
            metadata: { created_time: instant, custom_metadata: null, deletion_time: '', destroyed: false, version: 1 },
          },
        }),
      );
    });
    it('gives an older version when asked for it', async () => {
      const reply = await server.ask('GET', `${data(await versions('older', 3))}?version=2`);
      expect(dataOf(reply)).toMatchObject({ data: { n: 2 }, metadata: { version: 2 } });
    });
    it('takes version 0 for the current one', async () => {
      const reply = await server.ask('GET', `${data(await versions('zero', 2))}?version=0`);
      expect(dataOf(reply)).toMatchObject({ data: { n: 2 } });
    });
    it('refuses a version that is no number with 400', async () => {
      expect((await server.ask('GET', `${data(await versions('text', 1))}?version=two`)).status).toBe(400);
    });
    it('answers 404 with an empty list of errors for a key that never was', async () => {
      expect(refusal(await server.ask('GET', data('never')))).toEqual({ status: 404, errors: [] });
    });
    it('answers 404 with an empty list of errors for a version that never was', async () => {
      const reply = await server.ask('GET', `${data(await versions('few', 1))}?version=7`);
      expect(refusal(reply)).toEqual({ status: 404, errors: [] });
    });
    it('answers 404 with an empty list of errors for a key described but never written', async () => {
      await server.arrange('POST', `${server.at.kv}/metadata/described`, { max_versions: 3 });
      expect(refusal(await server.ask('GET', data('described')))).toEqual({ status: 404, errors: [] });
    });
    it('takes a value that a double slash or a dot would break apart as part of the key', async () => {
      await server.arrange('POST', data('a.b/c-d_e'), { data: { n: 1 } });
      expect(dataOf(await server.ask('GET', data('a.b/c-d_e')))).toMatchObject({ data: { n: 1 } });
    });
  });

  describe('writing', () => {
    it('tells the new version and no data', async () => {
      const reply = await write('write', { n: 1 });
      expect(reply.status).toBe(200);
      expect(dataOf(reply)).toEqual({
        created_time: instant,
        custom_metadata: null,
        deletion_time: '',
        destroyed: false,
        version: 1,
      });
    });
    it.each(['POST', 'PUT'])('takes %s', async (method) => {
      expect((await server.ask(method, data(`by-${method}`), { body: { data: { n: 1 } } })).status).toBe(200);
    });
    it('counts versions up', async () => {
      await versions('up', 2);
      expect(dataOf(await write('up', { n: 3 }))).toMatchObject({ version: 3 });
    });
    it('takes an empty object', async () => {
      expect((await write('empty', {})).status).toBe(200);
    });
    it('refuses a body without data', async () => {
      const reply = await server.ask('POST', data('nothing'), { body: { options: { cas: 0 } } });
      expect(refusal(reply)).toEqual({ status: 400, errors: ['no data provided'] });
    });
    it('refuses an empty body', async () => {
      expect(refusal(await server.ask('POST', data('nothing'), { body: {} }))).toEqual({
        status: 400,
        errors: ['no data provided'],
      });
    });
    it('refuses a path with a slash at its end', async () => {
      const reply = await server.ask('POST', data('folder/'), { body: { data: { n: 1 } } });
      expect(refusal(reply)).toEqual({ status: 400, errors: ["cannot write to a path ending in '/'"] });
    });
    it('refuses what is no JSON', async () => {
      const reply = await server.ask('POST', data('broken'), { body: '{"data":' });
      expect(refusal(reply)).toEqual({
        status: 400,
        errors: [expect.stringMatching(/^(?:failed|error) .*(?:parse|pars).*JSON/i)],
      });
    });
    it('writes nothing when it refuses', async () => {
      await write('refused', { n: 1 }, 5);
      expect((await server.ask('GET', data('refused'))).status).toBe(404);
    });
  });

  describe('check-and-set', () => {
    it('creates with 0', async () => {
      expect(dataOf(await write('cas-new', { n: 1 }, 0))).toMatchObject({ version: 1 });
    });
    it('refuses 0 on a key that exists', async () => {
      expect(refusal(await write(await versions('cas-zero', 1), { n: 2 }, 0))).toEqual({
        status: 400,
        errors: ['check-and-set parameter did not match the current version'],
      });
    });
    it('passes with the current version', async () => {
      expect(dataOf(await write(await versions('cas-fits', 2), { n: 3 }, 2))).toMatchObject({ version: 3 });
    });
    it.each([1, 3, 99])('refuses %i on version 2', async (cas) => {
      expect(refusal(await write(await versions(`cas-${cas}`, 2), { n: 3 }, cas))).toEqual({
        status: 400,
        errors: ['check-and-set parameter did not match the current version'],
      });
    });
    it('refuses anything but 0 on a key that does not exist', async () => {
      expect((await write('cas-absent', { n: 1 }, 1)).status).toBe(400);
    });
    it('refuses what is no number', async () => {
      expect(refusal(await write('cas-text', { n: 1 }, 'one'))).toEqual({
        status: 400,
        errors: ['error parsing check-and-set parameter'],
      });
    });
    it('takes a number in quotes', async () => {
      expect((await write(await versions('cas-quoted', 1), { n: 2 }, '1')).status).toBe(200);
    });
    it('takes null for 0', async () => {
      expect((await write('cas-null', { n: 1 }, null)).status).toBe(200);
    });
    it('is refused where it is missing though a key demands it', async () => {
      await server.arrange('POST', `${server.at.kv}/metadata/cas-must`, { cas_required: true });
      expect(refusal(await write('cas-must', { n: 1 }))).toEqual({
        status: 400,
        errors: ['check-and-set parameter required for this call'],
      });
    });
    it('passes where a key demands it and it fits', async () => {
      await server.arrange('POST', `${server.at.kv}/metadata/cas-did`, { cas_required: true });
      expect((await write('cas-did', { n: 1 }, 0)).status).toBe(200);
    });
    it('lets one of two writers with the same version win', async () => {
      await versions('cas-race', 1);
      const replies = await Promise.all([write('cas-race', { by: 'a' }, 1), write('cas-race', { by: 'b' }, 1)]);
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 400]);
    });
    it('goes on counting after a soft delete: 0 is refused, the deleted version fits', async () => {
      await versions('cas-deleted', 2);
      await server.arrange('DELETE', data('cas-deleted'));
      expect((await write('cas-deleted', { n: 3 }, 0)).status).toBe(400);
      expect(dataOf(await write('cas-deleted', { n: 3 }, 2))).toMatchObject({ version: 3 });
    });
  });

  describe('patching', () => {
    const patch = (key: string, body: unknown, headers: Record<string, string> = mergePatch) =>
      server.ask('PATCH', data(key), { body, headers });

    it('merges into the current version and makes the next', async () => {
      await server.arrange('POST', data('patch'), { data: { keep: 1, drop: 2, deep: { a: 1, b: 2 } } });
      const reply = await patch('patch', { data: { drop: null, deep: { b: 3 }, add: 'x' } });
      expect(dataOf(reply)).toMatchObject({ version: 2 });
      expect(dataOf(await server.ask('GET', data('patch')))['data']).toEqual({
        keep: 1,
        deep: { a: 1, b: 3 },
        add: 'x',
      });
    });
    it('refuses another content type with 415', async () => {
      const reply = await patch(
        await versions('patch-type', 1),
        { data: { n: 2 } },
        { 'content-type': 'application/json' },
      );
      expect(refusal(reply)).toEqual({
        status: 415,
        errors: ['PATCH requires Content-Type of application/merge-patch+json, provided application/json'],
      });
    });
    it('obeys check-and-set', async () => {
      const reply = await patch(await versions('patch-cas', 2), { options: { cas: 1 }, data: { n: 3 } });
      expect(refusal(reply)).toEqual({
        status: 400,
        errors: ['check-and-set parameter did not match the current version'],
      });
    });
    it('answers 404 with an empty body for a key that never was', async () => {
      expect(await patch('patch-never', { data: { n: 1 } })).toMatchObject({ status: 404, text: '' });
    });
    it('answers 404 with an envelope for a deleted version', async () => {
      await server.arrange('DELETE', data(await versions('patch-deleted', 1)));
      const reply = await patch('patch-deleted', { data: { n: 2 } });
      expect(reply.status).toBe(404);
      expect(dataOf(reply)).toMatchObject({ version: 1, deletion_time: instant });
    });
    it('refuses a body without data', async () => {
      expect(refusal(await patch(await versions('patch-empty', 1), {}))).toEqual({
        status: 400,
        errors: ['no data provided'],
      });
    });
  });

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
      await server.arrange('POST', `${server.at.kv}/destroy/${await versions('ashes', 1)}`, { versions: [1] });
      await server.arrange('POST', `${server.at.kv}/undelete/ashes`, { versions: [1] });
      expect((await server.ask('GET', data('ashes'))).status).toBe(404);
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
