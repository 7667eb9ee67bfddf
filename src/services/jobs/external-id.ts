/** The ways Upwork names one job. At least one is there. */
export interface ExternalIds {
  /** Numeric. */
  readonly externalId?: string;
  /** With its tilde. */
  readonly ciphertext?: string;
}

/**
 * What an id in any of its forms says (FACTS §5): a number; a ciphertext, `~02` + the number or, of older postings,
 * `~01` + hex that holds no number; a URL with one of them as a part of its path. Undefined for anything else.
 */
export function canonicalId(text: string): ExternalIds | undefined {
  const path = text
    .trim()
    .replace(/[?#].*$/s, '')
    .replace(/%7e/gi, '~');
  if (path.length > 2_000) return undefined;
  const ciphertext = /(?:^|[/_])(~0[0-9][0-9a-f]{1,40})(?=\/|$)/i.exec(path)?.[1]?.toLowerCase();
  if (ciphertext !== undefined) {
    const number = /^~02(\d{1,25})$/.exec(ciphertext)?.[1];
    return number === undefined ? { ciphertext } : { externalId: number, ciphertext };
  }
  const number = /(?:^|^https?:\/\/.*[/_])(\d{1,25})\/?$/is.exec(path)?.[1];
  return number === undefined ? undefined : { externalId: number };
}

/** Where a person reads the job (FACTS §5: a number there is a 404). */
export function jobUrl({ externalId, ciphertext }: { externalId: string; ciphertext?: string | null }): string {
  return `https://www.upwork.com/jobs/${ciphertext ?? (externalId.startsWith('~') ? externalId : `~02${externalId}`)}`;
}
