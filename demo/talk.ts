import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

/** Sends one document to the server at `url`; throws with the first error's message. */
export async function ask<Data>(
  url: string,
  token: string,
  query: string,
  variables?: Record<string, unknown>,
): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const reply = (await response.json()) as { data?: Data; errors?: { message: string }[] };
  if (!reply.data) throw new Error(reply.errors?.[0]?.message ?? `The server answered ${response.status}.`);
  return reply.data;
}

/** A one-time link that opens the browser logged in. */
export async function loginLink(url: string, token: string): Promise<string> {
  const { createLoginLink } = await ask<{ createLoginLink: { url: string } }>(
    url,
    token,
    'mutation DemoLogin { createLoginLink { url } }',
  );
  return createLoginLink.url;
}

/** Walks the real OAuth flow as a browser would; the sandbox approves by itself. */
export async function connect(url: string, token: string): Promise<void> {
  const { connectUpwork } = await ask<{
    connectUpwork: { authorizationUrl: string | null; errors: { message: string }[] };
  }>(
    url,
    token,
    'mutation DemoConnect { connectUpwork(input: { force: true }) { authorizationUrl errors { message } } }',
  );
  if (!connectUpwork.authorizationUrl)
    throw new Error(connectUpwork.errors[0]?.message ?? 'No authorization URL was given.');
  const page = await fetch(connectUpwork.authorizationUrl);
  if (!page.ok) throw new Error(`The callback answered ${page.status}.`);
}

/** Each new posting as a line, live, for ever. */
export async function* follow(url: string, token: string): AsyncGenerator<string> {
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { Authorization: `Bearer ${token}` },
    retryAttempts: Number.POSITIVE_INFINITY,
  });
  const query = 'subscription DemoFeed { jobPosted { job { title category firstSeenAt client { country } } } }';
  interface Feed {
    jobPosted: {
      job: { title: string; category: string | null; firstSeenAt: string; client: { country: string | null } };
    };
  }
  for await (const { data } of client.iterate<Feed>({ query })) {
    const job = data?.jobPosted.job;
    if (job)
      yield `  ${job.firstSeenAt.slice(11, 19)}  ${job.title}  (${[job.category, job.client.country].filter(Boolean).join(', ')})`;
  }
}
