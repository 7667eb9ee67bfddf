/**
 * What is sent for a subscription that takes `after`. graphql-ws sends `payload` anew after each reconnect, and
 * `passing` has by then moved `after` behind the last event that came: nothing is lost and nothing comes twice.
 */
export function resumable(query: string, variables: object) {
  const moving: Record<string, unknown> = { ...variables };
  const passing = (data: unknown): void => {
    for (const event of Object.values(data ?? {}) as { cursor?: string }[])
      if (event?.cursor !== undefined) moving['after'] = event.cursor;
  };
  return { payload: { query, variables: moving }, passing };
}
