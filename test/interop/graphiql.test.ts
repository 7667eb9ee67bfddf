import { describe, expect, it } from 'vitest';
import { startApp } from '../support/app.ts';
import { browserSuite, hasBrowser, openBrowser } from '../support/browser.ts';

describe.skipIf(!hasBrowser)(browserSuite, () => {
  it('GraphiQL opens logged in from a one-time link, follows a subscription, and asks no other machine for anything', async () => {
    await using app = await startApp({ connected: true });
    const { createLoginLink } = await app.data('mutation { createLoginLink { url } }');
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const asked: string[] = [];
      const complaints: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      await page.goto(createLoginLink.url);
      await page.getByRole('link', { name: 'GraphiQL' }).waitFor();
      await page.goto(`${app.url}/graphql?query=${encodeURIComponent('subscription { jobPosted { job { title } } }')}`);
      await page.locator('.graphiql-execute-button').click();
      await expect
        .poll(async () => (await app.data('{ system { subscribers } }')).system.subscribers, { timeout: 10_000 })
        .toBe(1);
      app.sandbox.control.post({ title: 'A posting for the browser' });
      await app.scan();
      await expect
        .poll(async () => (await page.locator('.result-window').textContent())?.replaceAll('\u00a0', ' '), {
          timeout: 10_000,
        })
        .toContain('A posting for the browser');
      const foreign = asked.filter((url) => !url.startsWith(app.url) && !/^(?:data|blob):/.test(url));
      expect(foreign).toEqual([]);
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
