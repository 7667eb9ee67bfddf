import { gql } from 'urql';

/** What a mutation says went wrong. */
export interface Failed {
  readonly errors: readonly { readonly message: string }[];
}

/** The connection as this view shows it. */
export interface PlatformAnswer {
  readonly platformStatus: {
    readonly status: string;
    readonly message: string;
    readonly redirectUri: string;
    readonly refreshTokenExpiresAt: string | null;
    readonly account: { readonly displayName: string } | null;
    readonly paused: { readonly reason: string } | null;
    readonly requestBudget: { readonly usedToday: number; readonly perDay: number };
    readonly scopes: readonly { readonly name: string; readonly keyFormLabels: readonly string[] }[];
    readonly nextAction: { readonly kind: string; readonly message: string };
  };
}

/** The same, asked for. */
export const platformFields = gql`
  fragment DashboardPlatformStatus on PlatformStatus {
    id status message redirectUri refreshTokenExpiresAt
    account { displayName }
    paused { reason }
    requestBudget { usedToday perDay }
    scopes { name keyFormLabels }
    nextAction { kind message }
  }
`;
