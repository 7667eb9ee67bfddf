import type { Auth } from '../http/outcome.ts';
import type { Token } from './token.ts';

/** What an envelope says of a token given or prolonged; `seconds` is what it lives from now. */
export function authOf(token: Token, seconds: number): Auth {
  return {
    client_token: token.id,
    accessor: token.accessor,
    policies: token.policies,
    token_policies: token.policies,
    metadata: token.meta,
    lease_duration: seconds,
    renewable: token.renewable,
    entity_id: token.entityId,
    token_type: token.type,
    orphan: token.parent === null,
    mfa_requirement: null,
    num_uses: token.numUses,
  };
}
