/**
 * Extensions of an input that a secret stands in, or that people may put one into: no error ever repeats what was sent in it, or in anything that
 * holds it (issue 19, letter P).
 */
export const secret = { prospectorSecret: true } as const;
