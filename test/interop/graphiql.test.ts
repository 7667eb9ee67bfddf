import { describe, expect, it } from 'vitest';
import { startApp } from '../support/app.ts';
import { browserSuite, hasBrowser, openBrowser } from '../support/browser.ts';

describe.skipIf(!hasBrowser)(browserSuite, { timeout: 120_000 }, () => {
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

  it('12.13 GraphiQL fits a phone, begins with examples that work, and opens no tab that nobody asked for', async () => {
    await using app = await startApp({ connected: true });
    const { createLoginLink } = await app.data('mutation { createLoginLink { url } }');
    const browser = await openBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
      await page.goto(createLoginLink.url);
      await page.getByRole('link', { name: 'GraphiQL' }).waitFor();
      await page.goto(`${app.url}/graphql`);
      const tabs = page.getByRole('tab', { name: /BestJobs|Status|NewJobs|untitled/ });
      const names = async () => (await tabs.allInnerTexts()).map((name) => name.trim());
      const examples = ['BestJobs', 'Status', 'NewJobs'];
      await expect.poll(names).toEqual(examples);
      expect(await page.evaluate('innerWidth')).toBe(390);
      // The tabs are kept half a second after the page is there.
      await page.waitForFunction('localStorage.getItem("graphiql:tabState") !== null');
      const visitTwice = async () => {
        for (const visit of [1, 2]) {
          await page.goto(`${app.url}/graphql`);
          await expect.poll(names, { message: `visit ${visit}` }).toEqual(examples);
        }
      };
      await visitTwice();
      // GraphiQL takes a moment to read the tab it changes to, and until then says that it cannot tell the operation.
      const execute = async (example: string, done: () => Promise<boolean>) => {
        await page.getByRole('button', { name: example, exact: true }).press('Enter');
        const button = page.getByRole('button', { name: 'Execute query' });
        const attempt = async () => {
          if (await done()) return true;
          if (await button.isVisible()) await button.click();
          return false;
        };
        await expect.poll(attempt, { timeout: 30_000, interval: 1_000 }).toBe(true);
      };
      const result = async () => (await page.locator('.result-window').textContent()) ?? '';
      await execute('Status', async () => (await result()).includes('platformStatus'));
      expect(await result()).not.toContain('errors');
      await execute('BestJobs', async () => (await result()).includes('nodes'));
      expect(await result()).not.toContain('errors');
      await execute('NewJobs', async () => (await app.data('{ system { subscribers } }')).system.subscribers === 1);
      await visitTwice();
    } finally {
      await browser.close();
    }
  });

  it('12.13 a log-in link pasted into a tab that shows the log-in page logs in, and leaves no code in the address', async () => {
    await using app = await startApp();
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(`${app.url}/login`);
      await page.getByLabel('API token').waitFor();
      await page.goto(`${app.url}/login#no-such-code`);
      await page.getByText('This code or token is not valid').waitFor();
      expect(page.url()).toBe(`${app.url}/login`);
      const { createLoginLink } = await app.data('mutation { createLoginLink { url } }');
      await page.goto(createLoginLink.url);
      await page.getByRole('link', { name: 'GraphiQL' }).waitFor();
      expect(page.url()).toBe(`${app.url}/`);
      const code = createLoginLink.url.split('#')[1];
      await page.goBack();
      expect(page.url()).not.toContain(code);
    } finally {
      await browser.close();
    }
  });
});
