import type { ApiToken, Notice } from './answers.ts';
import { document } from './document.ts';
import { noticeFields, tokenFields } from './fragments.ts';

/** Documents about who may ask. */

export const apiTokens = document<{ apiTokens: ApiToken[] }, { includeRevoked: boolean }>(
  'query ApiTokens($includeRevoked: Boolean!) { apiTokens(includeRevoked: $includeRevoked) { ...TokenFields } }',
  tokenFields,
);

export const createApiToken = document<
  { createApiToken: { apiToken: ApiToken | null; secret: string | null; errors: Notice[] } },
  { input: { name: string; scopes: string[]; expiresIn?: string } }
>(
  `mutation CreateApiToken($input: CreateApiTokenInput!) {
  createApiToken(input: $input) { apiToken { ...TokenFields } secret errors { ...ErrorFields } }
}`,
  tokenFields,
  noticeFields,
);

export const revokeApiToken = document<
  { revokeApiToken: { apiToken: ApiToken | null; errors: Notice[] } },
  { input: { apiTokenId: string } }
>(
  `mutation RevokeApiToken($input: RevokeApiTokenInput!) {
  revokeApiToken(input: $input) { apiToken { ...TokenFields } errors { ...ErrorFields } }
}`,
  tokenFields,
  noticeFields,
);

export const createLoginLink = document<{ createLoginLink: { url: string; expiresAt: string } }>(
  'mutation CreateLoginLink { createLoginLink { url expiresAt } }',
);
