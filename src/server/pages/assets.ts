import { createHash } from 'node:crypto';

/** A file of ours for browsers. */
export interface Asset {
  readonly type: string;
  readonly body: string;
  /** Its ETag: changes with the body. */
  readonly tag: string;
  /** Its name changes with its body: browsers may keep it without asking again. */
  readonly isImmutable?: boolean;
}

/** @param kind of text */
export function createAsset(kind: 'css' | 'javascript' | 'svg', body: string): Asset {
  const type = kind === 'svg' ? 'image/svg+xml' : `text/${kind}; charset=utf-8`;
  return { type, body, tag: `"${createHash('sha256').update(body).digest('base64url')}"` };
}

const css = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; display: grid; min-height: 100vh; place-items: center; }
main { width: min(32rem, calc(100vw - 3rem)); padding: 1.5rem; }
h1 { font-size: 1.4rem; margin: 0 0 1rem; }
label { display: block; margin-bottom: .25rem; }
input { box-sizing: border-box; width: 100%; padding: .5rem; font: inherit; }
button { margin-top: 1rem; padding: .5rem 1rem; font: inherit; }
code { overflow-wrap: anywhere; }
.quiet { opacity: .7; font-size: .9rem; }
`;

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="7" cy="7" r="5" fill="none" stroke="#5b7" ' +
  'stroke-width="2"/><path d="m11 11 4 4" stroke="#5b7" stroke-width="2"/></svg>';

/**
 * The one-time code stands in the fragment, which no server and no log ever sees; it leaves the address bar and the
 * history before it is used. A link pasted into a tab that shows this page already changes the fragment alone.
 */
const login = `'use strict';
const home = new URL('..', document.currentScript.src);
const form = document.querySelector('form');
const outcome = document.querySelector('#outcome');

function takeCode() {
  const code = location.hash.slice(1);
  if (code === '') return;
  history.replaceState(null, '', location.pathname);
  logIn({ code });
}

async function logIn(secret) {
  outcome.textContent = 'Logging in …';
  try {
    const response = await window.fetch(new URL('login', home), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(secret),
    });
    if (response.ok) return location.replace(home);
    outcome.textContent = (await response.json()).errors[0].message;
  } catch {
    outcome.textContent = 'Prospector does not answer. Is it still running?';
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  logIn({ token: form.elements.token.value.trim() });
});
window.addEventListener('hashchange', takeCode);
takeCode();
`;

/**
 * The authorization code leaves the address bar (RFC 9700 §4.2.4); the state stays, so that a reloaded page shows the
 * same ending (F5).
 */
const callback = `'use strict';
const state = new URLSearchParams(location.search).get('state');
history.replaceState(null, '', location.pathname + (state ? '?' + new URLSearchParams({ state }) : ''));
`;

/** Files of the pages anybody may see before logging in. They hold nothing but looks and the way in. */
export const openAssets: ReadonlyMap<string, Asset> = new Map([
  ['/assets/page.css', createAsset('css', css)],
  ['/assets/icon.svg', createAsset('svg', icon)],
  ['/assets/login.js', createAsset('javascript', login)],
  ['/assets/callback.js', createAsset('javascript', callback)],
]);
