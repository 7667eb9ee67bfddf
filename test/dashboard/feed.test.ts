import { describe, expect, it } from 'vitest';
import { startApp } from '../support/app.ts';
import { browserSuite, hasBrowser, openBrowser } from '../support/browser.ts';

const hostile = '<img src=x onerror="document.title=1"><script>alert(1)</script>';

describe.skipIf(!hasBrowser)(browserSuite, { timeout: 120_000 }, () => {
  it.each([390, 1280])(
    '14 at %i px the feed is live, triaged by keyboard alone, and asks no other host',
    async (width) => {
      await using app = await startApp({ connected: true, env: { PROSPECTOR_PORT: '0' } });
      const { createLoginLink } = await app.data('mutation { createLoginLink { url } }');
      const browser = await openBrowser();
      try {
        const page = await browser.newPage({ viewport: { width, height: 844 } });
        const asked: string[] = [];
        const complaints: string[] = [];
        page.on('request', (request) => asked.push(request.url()));
        page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
        page.on('pageerror', (error) => complaints.push(String(error)));
        await page.goto(createLoginLink.url);
        await page.getByText('No jobs here').waitFor();
        await expect
          .poll(async () => (await app.data('{ system { subscribers } }')).system.subscribers, { timeout: 10_000 })
          .toBe(3);

        app.sandbox.control.post({ title: hostile });
        await app.scan();
        await page.getByRole('button', { name: '1 new' }).waitFor();
        expect(await page.locator('.row').count()).toBe(0);
        await page.keyboard.press('.');
        await page.locator('.row .title', { hasText: hostile }).waitFor();
        expect(await page.locator('.row').count()).toBe(1);

        await page.keyboard.press('j');
        await page.getByRole('heading', { name: hostile }).waitFor();
        const triage = async () => (await app.data('{ jobs(first: 1) { nodes { triage } } }')).jobs.nodes[0].triage;
        await page.keyboard.press('s');
        await expect.poll(triage).toBe('SHORTLISTED');
        await page.keyboard.press('u');
        await expect.poll(triage).toBe('NEW');
        await page.keyboard.press('Escape');
        expect(await page.title()).toBe('Prospector');
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
        expect(asked.filter((url) => !url.startsWith(app.url))).toEqual([]);
        expect(complaints).toEqual([]);
        if (process.env['PROSPECTOR_SCREENSHOTS'])
          await page.screenshot({ path: `${process.env['PROSPECTOR_SCREENSHOTS']}/feed-${width}.png` });

        await page.goto(`${app.url}/platforms`);
        await page.getByRole('heading', { name: 'Upwork: connected' }).waitFor();
        await page.locator('code', { hasText: /\/oauth\/upwork\/callback$/ }).waitFor();
        await page.getByRole('button', { name: 'Pause scanning' }).click();
        await page.getByRole('button', { name: 'Resume scanning' }).waitFor();
        await page.getByRole('button', { name: /onnect/ }).click();
        await expect
          .poll(
            async () =>
              (
                await app.data(
                  '{ auditLog(filter: { actions: ["connection_flow.opened"] }, first: 1) { nodes { outcome } } }',
                )
              ).auditLog.nodes[0].outcome,
            { timeout: 10_000 },
          )
          .toBe('done');
        // The consent page leads back here by itself.
        await page.waitForURL('**/oauth/upwork/callback**');
        await page.goto(`${app.url}/scanning`);
        await page.getByText('read,').first().waitFor();
        expect(complaints).toEqual([]);
      } finally {
        await browser.close();
      }
    },
  );
});
