import { describe, expect, it } from 'vitest';
import { quietYaml, startApp } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { freePort, hasNginx, nginxSuite, startNginx } from '../support/nginx.ts';

/** The whole behind a proxy with a path of its own, connected through it. */
async function startBehindProxy(change?: (configuration: string) => string) {
  const [port, upstream] = [await freePort(), await freePort()];
  const proxy = await startNginx({ port, upstream, ...(change && { change }) });
  const app = await startApp({
    connected: true,
    yaml: quietYaml,
    env: { PROSPECTOR_PUBLIC_URL: `http://127.0.0.1:${port}/prospector/`, PROSPECTOR_PORT: String(upstream) },
  });
  return {
    app,
    origin: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      await proxy[Symbol.asyncDispose]();
    },
  };
}

describe.skipIf(!hasNginx)(nginxSuite, { timeout: 120_000 }, () => {
  it.each([
    ['passes its path on', undefined],
    ['takes its path away', (text: string) => text.replace(':4000;', ':4000/;')],
  ])(
    '12.12 log-in, dashboard, GraphiQL, sockets and the way back from Upwork work below the path of a proxy that %s',
    async (_, change) => {
      await using place = await startBehindProxy(change);
      const { app, origin } = place;
      const { platformStatus, createLoginLink } = {
        ...(await app.data('{ platformStatus { status redirectUri } }')),
        ...(await app.data('mutation { createLoginLink { url } }')),
      };
      expect(platformStatus).toEqual({
        status: 'CONNECTED',
        redirectUri: `${origin}/prospector/oauth/upwork/callback`,
      });
      expect(createLoginLink.url).toMatch(new RegExp(`^${origin}/prospector/login#`));
      const browser = await openBrowser();
      try {
        const context = await browser.newContext();
        const page = await context.newPage();
        const asked: string[] = [];
        const complaints: string[] = [];
        page.on('request', (request) => asked.push(request.url()));
        page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
        await page.goto(`${origin}/prospector`);
        await page.getByLabel('API token').waitFor();
        expect(page.url()).toBe(`${origin}/prospector/login`);
        await page.goto(createLoginLink.url);
        await page.getByText('No jobs here').waitFor();
        expect(page.url()).toBe(`${origin}/prospector/`);
        expect((await context.cookies()).map(({ path }) => path)).toEqual(['/prospector']);

        const subscribers = async () => (await app.data('{ system { subscribers } }')).system.subscribers;
        await expect.poll(subscribers, { timeout: 10_000 }).toBe(3);
        app.sandbox.control.post({ title: 'Seen through a proxy' });
        await app.scan();
        await page.getByRole('button', { name: '1 new' }).waitFor();

        await page.getByRole('link', { name: 'Platforms' }).click();
        await page.getByRole('heading', { name: 'Upwork: connected' }).waitFor();
        await page.reload();
        await page.getByRole('heading', { name: 'Upwork: connected' }).waitFor();
        await page.getByRole('link', { name: 'GraphiQL' }).click();
        await page.getByRole('button', { name: 'Execute query' }).click();
        await expect
          .poll(async () => (await page.locator('.result-window').textContent())?.replaceAll('\u00a0', ' '))
          .toContain('Seen through a proxy');
        const { connectUpwork } = await app.data(
          'mutation { connectUpwork(input: { force: true, returnTo: "/platforms" }) { authorizationUrl errors { message } } }',
        );
        expect(connectUpwork.errors).toEqual([]);
        await page.goto(connectUpwork.authorizationUrl);
        await page.getByRole('link', { name: 'Go to Prospector' }).click();
        await page.getByRole('heading', { name: 'Upwork: connected' }).waitFor();
        expect(page.url()).toBe(`${origin}/prospector/platforms`);

        await page.getByRole('button', { name: 'Log out' }).click();
        await page.getByLabel('API token').waitFor();
        expect(page.url()).toBe(`${origin}/prospector/login`);
        expect(await context.cookies()).toEqual([]);
        const strays = asked.filter(
          (url) =>
            !url.startsWith(`${origin}/prospector`) && !url.startsWith(app.sandbox.url) && !/^(?:data|blob):/.test(url),
        );
        expect(strays).toEqual([]);
        expect(complaints).toEqual([]);
      } finally {
        await browser.close();
      }
    },
  );

  it('12.12 an event stream arrives through nginx as it is written, not when a buffer is full', async () => {
    await using place = await startBehindProxy();
    const { app, origin } = place;
    const ending = new AbortController();
    const response = await fetch(`${origin}/prospector/events`, {
      headers: { authorization: `Bearer ${app.token}`, accept: 'text/event-stream' },
      signal: ending.signal,
    });
    expect(response.status).toBe(200);
    app.sandbox.control.post({ title: 'Streamed through a proxy' });
    await app.scan();
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString('utf8');
      if (text.includes('Streamed through a proxy')) break;
    }
    ending.abort();
    expect(text).toContain('event: job_posted');
  });
});
