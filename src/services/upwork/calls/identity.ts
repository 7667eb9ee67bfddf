import { type UpworkApi, UpworkError, type UpworkIdentity } from '../model.ts';
import { at, elements, field, line } from '../reading/read-value.ts';

const organizations = 'organization { id name } companySelector { items { title organizationId } }';
/** The second does without the scope "View UserDetails", the last without "who else". */
export const identityDocuments: readonly string[] = [
  `query Identity { user { id nid rid name email photoUrl } ${organizations} }`,
  `query Identity { user { id nid rid } ${organizations} }`,
  'query Identity { user { id nid rid } organization { id } }',
];
const optional =
  /^(?:CurrentUser\.(?:name|email|photoUrl)|CompanySelector\w*\.\w+|Query\.companySelector|\w*Organization\.name)$/;

/**
 * Who the token speaks for and which organizations it may work for (FACTS §3). Fields the key has no scope for are done without.
 * @throws UpworkError
 */
export async function readIdentity(api: UpworkApi, signal?: AbortSignal): Promise<UpworkIdentity> {
  for (const document of identityDocuments) {
    try {
      const options = { purpose: 'IDENTITY', ...(signal && { signal }) } as const;
      const { data } = await api.request({ name: 'Identity', document, kind: 'query' }, {}, options);
      return identityOf(data);
    } catch (error) {
      const missing = (error instanceof UpworkError && error.missing) || [];
      const isLast = document === identityDocuments.at(-1);
      if (isLast || missing.length === 0 || !missing.every((name) => optional.test(name))) throw error;
    }
  }
  throw new UpworkError('unexpected_response', 'Upwork does not say whose token this is.');
}

function identityOf(data: Record<string, unknown>): UpworkIdentity {
  const user = field(data, 'user');
  const userId = line(field(user, 'id'), 100);
  const userName = line(field(user, 'nid'), 200);
  const organizationId = line(at(data, 'organization', 'id'), 100);
  if (userId === undefined || userName === undefined || organizationId === undefined)
    throw new UpworkError('unexpected_response', 'Upwork does not say whose token this is. Try again later.');
  // Who else there is may stay unknown; whose token it is may not.
  const all = (elements(at(data, 'companySelector', 'items')) ?? []).flatMap((item) => {
    const id = line(field(item, 'organizationId'), 100);
    return id === undefined ? [] : [{ id, title: line(field(item, 'title'), 200) ?? id }];
  });
  const email = line(field(user, 'email'), 320);
  const avatarUrl = httpsUrl(field(user, 'photoUrl'));
  const organizationName =
    line(at(data, 'organization', 'name'), 200) ?? all.find(({ id }) => id === organizationId)?.title;
  return {
    userId,
    userName,
    displayName: line(field(user, 'name'), 200) ?? userName,
    ...(email !== undefined && { email }),
    ...(avatarUrl !== undefined && { avatarUrl }),
    organizationId,
    ...(organizationName !== undefined && { organizationName }),
    organizations: all,
  };
}

/** A link to a picture that a page may show; undefined for any other scheme (F103). */
function httpsUrl(value: unknown): string | undefined {
  const url = line(value, 2_000);
  return url !== undefined && URL.canParse(url) && new URL(url).protocol === 'https:' ? url : undefined;
}
