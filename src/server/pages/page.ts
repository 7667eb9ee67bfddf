/** Text as HTML text or attribute value: nothing in it can become markup (F103). */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A page in the house's plain look. Scripts are files of ours: the policy allows nothing inline. */
export function page(options: {
  /** Plain text. */
  readonly title: string;
  /** HTML; whoever calls escapes. */
  readonly body: string;
  /** Path of a script of ours. */
  readonly script?: string;
}): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(options.title)} · Prospector</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/page.css">
</head>
<body>
<main>
<h1>${escapeHtml(options.title)}</h1>
${options.body}
</main>
${options.script ? `<script src="${options.script}" defer></script>\n` : ''}</body>
</html>
`;
}
