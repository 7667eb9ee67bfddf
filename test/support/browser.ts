import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const path = '/usr/bin/chromium';

/** Whether there is a browser to test with. CI demands one; elsewhere its tests are skipped with the package to install. */
export const hasBrowser = existsSync(path) || process.env['PROSPECTOR_TEST_NOTHING_SKIPPED'] === '1';
/** What to name a suite that needs it. */
export const browserSuite = hasBrowser ? 'in Chromium' : 'in Chromium (skipped: apt-get install chromium)';

/** Debian's Chromium without a window, quiet towards the network. The caller closes it. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: path,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
