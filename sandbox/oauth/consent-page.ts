import type { Account } from './accounts.ts';

/** Makes text harmless in HTML, in elements and in quoted attributes. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Asks a person, without any script, whether the application may act for them. `request` names the pending authorization. */
export function consentPage(request: string, clientId: string, callback: string, accounts: readonly Account[]): string {
  const choices = accounts.map(
    ({ key, name, organizations }, index) =>
      `<label><input type="radio" name="account" value="${key}"${index === 0 ? ' checked' : ''}> ${escapeHtml(name)} <small>${escapeHtml(
        organizations.map((organization) => organization.name).join(', '),
      )}</small></label>`,
  );
  return page(
    'Allow access?',
    `<p>The application with key <code>${escapeHtml(clientId)}</code> asks to act on your account.</p>
<form method="post" action="/ab/account-security/oauth2/consent">
<input type="hidden" name="request" value="${escapeHtml(request)}">
<fieldset><legend>As</legend>${choices.join('')}</fieldset>
<p><button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button></p>
</form>
<p><small>You will be sent to <code>${escapeHtml(callback)}</code>.</small></p>`,
  );
}

/** Says why there is nothing to decide. */
export function errorPage(message: string): string {
  return page('This link does not work', `<p>${escapeHtml(message)}</p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)} · sandbox</title>
<style>body{font:16px/1.5 system-ui;max-width:34rem;margin:10vh auto;padding:0 1rem}label{display:block}button{font:inherit;padding:.4rem 1.2rem}
.note{background:#fff3cd;color:#4a3b00;padding:.4rem .8rem}</style></head>
<body><p class="note">A pretended marketplace on this machine, for development. It is not Upwork.</p><h1>${escapeHtml(title)}</h1>${body}</body></html>
`;
}
