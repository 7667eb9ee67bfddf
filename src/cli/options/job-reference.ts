/** The id of a job as the API asks for it: ours, or the platform's. */
export type JobReference = { id: string } | { externalId: string };

/** What a person may type or paste: `job_…`, Upwork's number, `~01…`/`~02…`, or an address with one of these in it. */
export function parseJobReference(typed: string): JobReference {
  const text = typed.trim();
  if (/^job_\w+$/.test(text)) return { id: text };
  if (!/^https?:\/\//i.test(text)) return { externalId: text };
  const decoded = text.replace(/%7e/gi, '~');
  const [ciphertext] = /~0[12][0-9a-z]+/i.exec(decoded) ?? [];
  const [number] = /\d{10,}/.exec(decoded) ?? [];
  return { externalId: ciphertext ?? number ?? text };
}
