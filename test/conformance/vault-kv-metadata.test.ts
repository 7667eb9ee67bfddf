import { describe, expect, it } from 'vitest';
import { envelope, instant } from './shapes.ts';
import { targets } from './targets.ts';
import { useServer } from './use-server.ts';
import { dataOf, refusal } from './wire.ts';

const mergePatch = { 'content-type': 'application/merge-patch+json' };

describe.each(targets)('KV v2 metadata, $name', (target) => {
  const server = useServer(target, ['kv']);
  const data = (key: string) => `${server.at.kv}/data/${key}`;
  const metadata = (key: string) => `${server.at.kv}/metadata/${key}`;
  const write = (key: string) => server.arrange('POST', data(key), { data: { n: 1 } });

  it('tells everything of a key but its values', async () => {
    await write('all');
    await write('all');
    await server.arrange('DELETE', data('all'));
    const reply = await server.ask('GET', metadata('all'));
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual(envelope({ data: expect.any(Object) }));
    expect(dataOf(reply)).toMatchObject({
      cas_required: false,
      created_time: instant,
      current_version: 2,
      custom_metadata: null,
      delete_version_after: '0s',
      max_versions: 0,
      oldest_version: 0,
      updated_time: instant,
    });
    expect(dataOf(reply)['versions']).toEqual({
      1: expect.objectContaining({ created_time: instant, deletion_time: '', destroyed: false }),
      2: expect.objectContaining({ created_time: instant, deletion_time: instant, destroyed: false }),
    });
  });
  it('answers 404 with an empty list of errors for a key that never was', async () => {
    expect(refusal(await server.ask('GET', metadata('never')))).toEqual({ status: 404, errors: [] });
  });
  it('answers 204 to a description', async () => {
    const reply = await server.ask('POST', metadata('described'), { body: { max_versions: 5, cas_required: true } });
    expect(reply).toMatchObject({ status: 204, text: '' });
  });
  it('shows a key that is described, but not yet written, at version 0', async () => {
    await server.arrange('POST', metadata('ahead'), { max_versions: 5 });
    expect(dataOf(await server.ask('GET', metadata('ahead')))).toMatchObject({ current_version: 0, versions: {} });
  });
  it('makes nothing of a description that says nothing', async () => {
    expect((await server.ask('POST', metadata('silent'), { body: {} })).status).toBe(204);
    expect((await server.ask('GET', metadata('silent'))).status).toBe(404);
  });
  it('writes seconds as a duration', async () => {
    await server.arrange('POST', metadata('timed'), { delete_version_after: '1h30m' });
    expect(dataOf(await server.ask('GET', metadata('timed')))).toMatchObject({ delete_version_after: '1h30m0s' });
  });
  it('keeps custom metadata, shown with data too', async () => {
    await server.arrange('POST', metadata('custom'), { custom_metadata: { owner: 'jane' } });
    await write('custom');
    expect(dataOf(await server.ask('GET', data('custom')))).toMatchObject({
      metadata: { custom_metadata: { owner: 'jane' } },
    });
  });
  it('merges a patch', async () => {
    await server.arrange('POST', metadata('patched'), { max_versions: 5, custom_metadata: { a: '1', b: '2' } });
    const reply = await server.ask('PATCH', metadata('patched'), {
      body: { custom_metadata: { b: null, c: '3' } },
      headers: mergePatch,
    });
    expect(reply.status).toBe(204);
    expect(dataOf(await server.ask('GET', metadata('patched')))).toMatchObject({
      max_versions: 5,
      custom_metadata: { a: '1', c: '3' },
    });
  });
  it('answers 404 to a patch of a key that never was', async () => {
    const reply = await server.ask('PATCH', metadata('never'), { body: { max_versions: 1 }, headers: mergePatch });
    expect(reply.status).toBe(404);
  });
  it('answers 204 to deleting, and everything is gone', async () => {
    await write('gone');
    expect(await server.ask('DELETE', metadata('gone'))).toMatchObject({ status: 204, text: '' });
    expect(refusal(await server.ask('GET', data('gone')))).toEqual({ status: 404, errors: [] });
    expect(refusal(await server.ask('GET', metadata('gone')))).toEqual({ status: 404, errors: [] });
  });
  it('answers 204 to deleting what never was', async () => {
    expect((await server.ask('DELETE', metadata('never'))).status).toBe(204);
  });
  it('lets a key be created anew with check-and-set 0 after that', async () => {
    await write('anew');
    await server.arrange('DELETE', metadata('anew'));
    const reply = await server.ask('POST', data('anew'), { body: { options: { cas: 0 }, data: { n: 1 } } });
    expect(dataOf(reply)).toMatchObject({ version: 1 });
  });

  describe('listing', () => {
    const list = async (folder: string) => {
      for (const key of ['b', 'a', 'a/x', 'a/y/z']) await write(`${folder}/${key}`);
      return folder;
    };
    it('gives names and folders in order with LIST', async () => {
      const reply = await server.ask('LIST', metadata(await list('dir')));
      expect(reply.status).toBe(200);
      expect(dataOf(reply)).toEqual({ keys: ['a', 'a/', 'b'] });
    });
    it('gives the same with GET and list=true', async () => {
      const reply = await server.ask('GET', `${metadata(await list('get'))}?list=true`);
      expect(dataOf(reply)).toEqual({ keys: ['a', 'a/', 'b'] });
    });
    it('does not care for a slash at the end', async () => {
      expect(dataOf(await server.ask('LIST', `${metadata(await list('slash'))}/`))).toEqual({ keys: ['a', 'a/', 'b'] });
    });
    it('answers 404 with an empty list of errors for a folder that never was', async () => {
      expect(refusal(await server.ask('LIST', metadata('empty')))).toEqual({ status: 404, errors: [] });
    });
    it('shows deleted keys too', async () => {
      await write('bin/key');
      await server.arrange('DELETE', data('bin/key'));
      expect(dataOf(await server.ask('LIST', metadata('bin')))).toEqual({ keys: ['key'] });
    });
    it('is no operation on data', async () => {
      expect((await server.ask('LIST', data('dir'))).status).toBe(405);
    });
  });

  describe('the mount', () => {
    it('tells its settings', async () => {
      expect(dataOf(await server.ask('GET', `${server.at.kv}/config`))).toMatchObject({
        cas_required: false,
        delete_version_after: '0s',
        max_versions: 0,
      });
    });
    it('demands check-and-set of all its keys when told to', async () => {
      await server.arrange('POST', `${server.at.kv}/config`, { cas_required: true });
      const reply = await server.ask('POST', data('demanded'), { body: { data: { n: 1 } } });
      const warned = await server.ask('POST', metadata('demanded'), { body: { cas_required: false } });
      await server.arrange('POST', `${server.at.kv}/config`, { cas_required: false });
      expect(refusal(reply)).toEqual({ status: 400, errors: ['check-and-set parameter required for this call'] });
      // What is 204 elsewhere is a 200 where there is something to warn of.
      expect(warned.status).toBe(200);
      expect(warned.body).toEqual(envelope({ warnings: [expect.stringContaining('will be ignored')] }));
    });
  });
});
