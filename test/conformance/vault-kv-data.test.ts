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
});
