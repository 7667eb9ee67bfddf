/** Text as HTML text or attribute value: nothing in it can become markup (F103). */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A page in the house's plain look. Scripts are files of ours: the policy allows nothing inline. */
export function page(options: {
  /** The base path of the public URL. */
  readonly base: string;
  /** Plain text. */
  readonly title: string;
  /** HTML; whoever calls escapes. */
  readonly body: string;
  /** Path of a script of ours, without the base path. */
  readonly script?: string;
}): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(options.title)} · Prospector</title>
<link rel="icon" href="${options.base}/assets/icon.svg">
<link rel="stylesheet" href="${options.base}/assets/page.css">
</head>
<body>
<main>
<h1>${escapeHtml(options.title)}</h1>
${options.body}
</main>
${options.script ? `<script src="${options.base}${options.script}" defer></script>\n` : ''}</body>
</html>
`;
}
