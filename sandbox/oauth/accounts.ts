/** An organization an account may act for. */
export interface Organization {
  id: string;
  rid: string;
  name: string;
  type: 'SOLE_PROPRIETOR' | 'BUSINESS';
}

/** A person with an Upwork account. None of them exists. */
export interface Account {
  key: 'jane' | 'sam';
  id: string;
  /** User name; `oDeskUserID` of a proposal. */
  nid: string;
  /** Short legacy number. */
  rid: string;
  name: string;
  email: string;
  /** The personal one first: it is the tenant when no header names another (FACTS §3). */
  organizations: [Organization, ...Organization[]];
}

/** Who can press Allow on the consent page. */
export const accounts: readonly [Account, ...Account[]] = [
  {
    key: 'jane',
    id: '1500000000000000000',
    nid: 'janefreelancer',
    rid: '6800000',
    name: 'Jane F.',
    email: 'jane@example.test',
    organizations: [
      { id: '1500000000000000001', rid: '6800001', name: 'Jane F.', type: 'SOLE_PROPRIETOR' },
      { id: '1700000000000000001', rid: '6900001', name: 'Northwind Agency', type: 'BUSINESS' },
    ],
  },
  {
    key: 'sam',
    id: '1500000000000000100',
    nid: 'samrivera',
    rid: '6800100',
    name: 'Sam R.',
    email: 'sam@example.test',
    organizations: [{ id: '1500000000000000101', rid: '6800101', name: 'Sam R.', type: 'SOLE_PROPRIETOR' }],
  },
];

/** The account called `key`, else the first. */
export function accountOf(key: unknown): Account {
  return accounts.find((account) => account.key === key) ?? accounts[0];
}
