import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browserSuite, hasBrowser, openBrowser } from '../../support/browser.ts';
import { openTestServer, ownerToken } from '../../support/server.ts';

/** Opens pages; what they complained of and whom they asked is noted. */
async function openPage() {
  const browser = await openBrowser();
  const page: Page = await browser.newPage();
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => asked.push(request.url()));
  return { page, complaints, asked, [Symbol.asyncDispose]: () => browser.close() };
}

describe.skipIf(!hasBrowser)(browserSuite, () => {
  it('Prospector takes the code out of the address on the callback page, runs nothing that Upwork sent, and shows the same page again', async () => {
    const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    const seen: string[] = [];
    await using server = await openTestServer({
      services: {
        connection: {
          status: () => ({}),
          complete: async (parameters: URLSearchParams) => {
            seen.push(String(parameters));
            const failure = {
              type: 'AuthorizationFlowError',
              code: 'AUTHORIZATION_DENIED',
              message: hostile,
              oauthErrorDescription: hostile,
            };
            return { flow: { status: 'DENIED', failure }, failure };
          },
        },
      },
    });
    await using browser = await openPage();
    const { page, complaints, asked } = browser;
    await page.goto(`${server.url}/oauth/upwork/callback?code=secret&state=the-state&error=access_denied`);
    await page.waitForURL(`${server.url}/oauth/upwork/callback?state=the-state`);
    expect(await page.locator('main').textContent()).toContain(hostile);
    expect(await page.title()).toBe('Upwork was not connected: access was denied · Prospector');
    await page.reload();
    expect(seen.at(-1)).toBe('state=the-state');
    await page.getByRole('link').click();
    await page.waitForURL(`${server.url}/login`);
    expect(complaints).toEqual([]);
    expect(asked.filter((url) => !url.startsWith(server.url))).toEqual([]);
  });

  it('Prospector logs a person in by a token typed in, says what is wrong with another, and keeps a code out of the history', async () => {
    await using server = await openTestServer({ env: { PROSPECTOR_GRAPHIQL: 'off' } });
    await using browser = await openPage();
    const { page } = browser;
    await page.goto(`${server.url}/login#prl_wrong`);
    await page.waitForURL(`${server.url}/login`);
    await expect.poll(() => page.locator('#outcome').textContent()).toContain('not valid');
    await page.locator('input').fill(ownerToken);
    await page.getByRole('button').click();
    await page.waitForURL(`${server.url}/`);
    await page.getByText('Log out').waitFor();
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({
      name: expect.stringMatching(/^prospector_session_\d+$/),
      httpOnly: true,
      sameSite: 'Strict',
    });
    expect(await page.evaluate('document.cookie')).toBe('');
  });
});
