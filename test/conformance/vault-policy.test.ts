import { describe, expect, it } from 'vitest';
import { targets } from './targets.ts';
import { useServer } from './use-server.ts';
import { dataOf, refusal } from './wire.ts';

describe.each(targets)('Policies, $name', (target) => {
  const server = useServer(target, ['kv']);
  const data = (key: string) => `${server.at.kv}/data/${key}`;
  let count = 0;
  /** A token with one policy; `KV` in it stands for the mount. */
  const tokenWith = async (text: string) => {
    count += 1;
    const policy = await server.writePolicy(`p${count}`, text.replaceAll('KV', server.at.kv));
    return server.makeToken({ policies: [policy], no_default_policy: true, ttl: '5m' });
  };
  const read = async (token: string, key: string) => (await server.ask('GET', data(key), { token })).status;
  const write = async (token: string, key: string) =>
    (await server.ask('POST', data(key), { token, body: { data: { n: 1 } } })).status;
  const [allowed, denied] = [404, 403];

  it('allow nothing that is not written', async () => {
    const token = await tokenWith('path "KV/data/a" { capabilities = ["read"] }');
    expect([await read(token, 'a'), await read(token, 'b'), await write(token, 'a')]).toEqual([
      allowed,
      denied,
      denied,
    ]);
  });
  it('let create without update make, but not change', async () => {
    const token = await tokenWith('path "KV/data/*" { capabilities = ["create"] }');
    expect([await write(token, 'create'), await write(token, 'create')]).toEqual([200, denied]);
  });
  it('let update without create change, but not make', async () => {
    const token = await tokenWith('path "KV/data/*" { capabilities = ["update"] }');
    await server.arrange('POST', data('update'), { data: { n: 1 } });
    expect([await write(token, 'update'), await write(token, 'update-not')]).toEqual([200, denied]);
  });
  it('need update, not create, for a key whose versions are all deleted', async () => {
    await server.arrange('POST', data('deleted'), { data: { n: 1 } });
    await server.arrange('DELETE', data('deleted'));
    expect(await write(await tokenWith('path "KV/data/*" { capabilities = ["create"] }'), 'deleted')).toBe(denied);
  });
  it('need patch for a patch', async () => {
    const token = await tokenWith('path "KV/data/*" { capabilities = ["create", "update"] }');
    const reply = await server.ask('PATCH', data('any'), {
      token,
      body: { data: { n: 1 } },
      headers: { 'content-type': 'application/merge-patch+json' },
    });
    expect(reply.status).toBe(denied);
  });
  it('need list for a list', async () => {
    const list = (token: string) => server.ask('LIST', `${server.at.kv}/metadata`, { token });
    await server.arrange('POST', data('listed'), { data: { n: 1 } });
    expect((await list(await tokenWith('path "KV/metadata/*" { capabilities = ["read"] }'))).status).toBe(denied);
    expect((await list(await tokenWith('path "KV/metadata/*" { capabilities = ["list"] }'))).status).toBe(200);
  });
  it('keep data, metadata and deleting apart', async () => {
    const token = await tokenWith('path "KV/data/*" { capabilities = ["create", "read", "update", "delete"] }');
    const statuses = [
      (await server.ask('GET', `${server.at.kv}/metadata/any`, { token })).status,
      (await server.ask('POST', `${server.at.kv}/destroy/any`, { token, body: { versions: [1] } })).status,
      (await server.ask('DELETE', data('any'), { token })).status,
    ];
    expect(statuses).toEqual([denied, denied, 204]);
  });
  it('take a star at the end for any rest', async () => {
    const token = await tokenWith('path "KV/data/app-*" { capabilities = ["read"] }');
    expect([await read(token, 'app-1'), await read(token, 'app-1/deep'), await read(token, 'app')]).toEqual([
      allowed,
      allowed,
      denied,
    ]);
  });
  it('take a plus for one part of the path', async () => {
    const token = await tokenWith('path "KV/data/+/key" { capabilities = ["read"] }');
    expect([await read(token, 'a/key'), await read(token, 'a/b/key'), await read(token, 'key')]).toEqual([
      allowed,
      denied,
      denied,
    ]);
  });
  it('let the exact path win over a star', async () => {
    const token = await tokenWith(`
      path "KV/data/*" { capabilities = ["read"] }
      path "KV/data/closed" { capabilities = ["update"] }`);
    expect([await read(token, 'open'), await read(token, 'closed')]).toEqual([allowed, denied]);
  });
  it('let the longer star win over the shorter', async () => {
    const token = await tokenWith(`
      path "KV/data/*" { capabilities = ["read"] }
      path "KV/data/closed/*" { capabilities = ["list"] }`);
    expect([await read(token, 'open/a'), await read(token, 'closed/a')]).toEqual([allowed, denied]);
  });
  it('let deny win over everything on the same path', async () => {
    const [open, closed] = [
      'path "KV/data/*" { capabilities = ["read"] }',
      'path "KV/data/*" { capabilities = ["deny"] }',
    ];
    const names = [
      await server.writePolicy('open', open.replace('KV', server.at.kv)),
      await server.writePolicy('closed', closed.replace('KV', server.at.kv)),
    ];
    const token = await server.makeToken({ policies: names, ttl: '5m' });
    expect(await read(token, 'any')).toBe(denied);
    const told = await server.ask('POST', 'sys/capabilities-self', { token, body: { paths: [data('any')] } });
    expect(dataOf(told)).toMatchObject({ [data('any')]: ['deny'] });
  });
  it('add up over several', async () => {
    const names = [
      await server.writePolicy('reads', `path "${data('*')}" { capabilities = ["read"] }`),
      await server.writePolicy('creates', `path "${data('*')}" { capabilities = ["create"] }`),
    ];
    const token = await server.makeToken({ policies: names, ttl: '5m' });
    expect([await read(token, 'sum'), await write(token, 'sum')]).toEqual([allowed, 200]);
  });
  it('need sudo besides, where a path asks for it', async () => {
    const path = `sys/auth/${server.prefix}-sudo`;
    const mount = async (token: string) =>
      (await server.ask('POST', path, { token, body: { type: 'approle' } })).status;
    const without = await tokenWith(`path "${path}" { capabilities = ["create", "update"] }`);
    const withIt = await tokenWith(`path "${path}" { capabilities = ["create", "update", "sudo"] }`);
    const statuses = [await mount(without), await mount(withIt)];
    await server.arrange('DELETE', path);
    expect(statuses).toEqual([denied, 204]);
  });
  it('may be written as JSON', async () => {
    const token = await tokenWith('{"path": {"KV/data/json": {"capabilities": ["read"]}}}');
    expect([await read(token, 'json'), await read(token, 'other')]).toEqual([allowed, denied]);
  });
  it('may hold comments', async () => {
    const token = await tokenWith('# one\n// two\npath "KV/data/c" { /* three */ capabilities = ["read"] }');
    expect(await read(token, 'c')).toBe(allowed);
  });
  it('count at once, for tokens already given too', async () => {
    const policy = await server.writePolicy('changing', `path "${data('x')}" { capabilities = ["read"] }`);
    const token = await server.makeToken({ policies: [policy], ttl: '5m' });
    await server.writePolicy('changing', `path "${data('y')}" { capabilities = ["read"] }`);
    expect([await read(token, 'x'), await read(token, 'y')]).toEqual([denied, allowed]);
  });
  it('may be named though they are not written, and then allow nothing', async () => {
    const token = await server.makeToken({ policies: [`${server.prefix}-unwritten`], ttl: '5m' });
    expect(await read(token, 'any')).toBe(denied);
  });
  it('that cannot be read are refused with 400', async () => {
    const reply = await server.ask('PUT', `sys/policies/acl/${server.prefix}-bad`, { body: { policy: 'path "x" {' } });
    expect(refusal(reply)).toEqual({ status: 400, errors: [expect.stringContaining('failed to parse policy')] });
  });
  it('with a capability there is not are refused with 400', async () => {
    const policy = 'path "x" { capabilities = ["fly"] }';
    expect((await server.ask('PUT', `sys/policies/acl/${server.prefix}-bad`, { body: { policy } })).status).toBe(400);
  });
  it('can be read back as written', async () => {
    const text = 'path "x" { capabilities = ["read"] }';
    const name = await server.writePolicy('back', text);
    expect(dataOf(await server.ask('GET', `sys/policies/acl/${name}`))).toMatchObject({ name, policy: text });
  });
  it('tell a token what it may do', async () => {
    const name = await server.writePolicy('self', `path "${data('self')}" { capabilities = ["read", "update"] }`);
    const token = await server.makeToken({ policies: [name], ttl: '5m' });
    const reply = await server.ask('POST', 'sys/capabilities-self', {
      token,
      body: { paths: [data('self'), data('other')] },
    });
    expect(dataOf(reply)).toMatchObject({ [data('self')]: ['read', 'update'], [data('other')]: ['deny'] });
  });
  it('tell a root token that it is one', async () => {
    const reply = await server.ask('POST', 'sys/capabilities-self', { body: { paths: ['any'] } });
    expect(dataOf(reply)).toMatchObject({ any: ['root'] });
  });
});
