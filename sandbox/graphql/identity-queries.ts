import type { Organization } from '../oauth/accounts.ts';
import { ontologyCategories } from './job-answers.ts';
import type { Caller } from './job-queries.ts';

/** The queries about the caller, and the taxonomy. */
export function createIdentityQueries() {
  return {
    user: (_args: unknown, { account }: Caller) => ({
      id: account.id,
      nid: account.nid,
      rid: account.rid,
      name: account.name,
      email: account.email,
      photoUrl: null,
      ciphertext: `~01${account.rid}`,
    }),
    organization: (_args: unknown, { organization }: Caller) => organizationAnswer(organization),
    companySelector: (_args: unknown, { account }: Caller) => ({
      items: account.organizations.map(({ id, rid, name, type }) => ({
        title: name,
        organizationId: id,
        organizationRid: rid,
        organizationType: type === 'BUSINESS' ? 'Business' : 'SoleProprietor',
        organizationLegacyType: 'Vendor',
      })),
    }),
    ontologyCategories,
  };
}

/** A freelancer's or agency's organization as the API gives it. */
export function organizationAnswer({ id, rid, name, type }: Organization): Record<string, unknown> {
  return { id, rid, legacyId: rid, name, type, legacyType: 'VENDOR', active: true, hidden: false, photoUrl: null };
}
