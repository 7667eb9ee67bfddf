import type { LimitSettings } from '../limit-settings.ts';

/**
 * How much one request, socket or token may ask for (CONVENTIONS §9; RELIABILITY F74, F77, F113, F119). Sizes in bytes,
 * times in milliseconds. Those of `LimitSettings` the owner sets.
 */
export interface Limits extends LimitSettings {
  /** Points of one operation: every field that is no leaf costs one, a connection multiplies by its page size. */
  readonly complexity: number;
  /** Levels of fields, introspection left out. */
  readonly depth: number;
  /** Aliases of one operation, fragments counted at every use, `__typename` like any other field (T11). */
  readonly aliases: number;
  /** Directives of one operation, fragments counted at every use. */
  readonly directives: number;
  /** Tokens of a document, counted before it is parsed. */
  readonly tokens: number;
  /** How deep its brackets of all kinds may be nested: far more than `depth` needs, far less than a stack bears. */
  readonly brackets: number;
  /** Errors told of one invalid document. */
  readonly validationErrors: number;
  /** Levels of lists and objects inside the variables. */
  readonly variableDepth: number;
  readonly bodyBytes: number;
  /** The answer to a query, as JSON. */
  readonly answerBytes: number;
  /** One WebSocket message. */
  readonly messageBytes: number;
  readonly executionMs: number;
  /** The same for a mutation: longer than any call to the outside takes. */
  readonly mutationMs: number;
  /** How long a client may take to send the headers of a request, and all of it. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** Of the connections and of the WebSockets: how many no other token than the owner's ever holds. */
  readonly reservedPlaces: number;
  /** Operations that run at once on one WebSocket. */
  readonly operationsPerSocket: number;
  /** What may wait to be sent on one WebSocket before anything more ends it with 1013. */
  readonly bufferedBytes: number;
  /** Wrong tokens, codes and cookies of one address, and of one token prefix, in a minute. */
  readonly badLoginsPerMinute: number;
}

/** The limits that no setting changes; tests lower some to reach them. */
export const fixedLimits: Omit<Limits, keyof LimitSettings> = {
  complexity: 1_000,
  depth: 12,
  aliases: 15,
  directives: 10,
  tokens: 2_000,
  brackets: 200,
  validationErrors: 5,
  variableDepth: 32,
  bodyBytes: 256 * 1_024,
  answerBytes: 8 * 1_024 * 1_024,
  messageBytes: 64 * 1_024,
  executionMs: 10_000,
  mutationMs: 90_000,
  headersMs: 10_000,
  requestMs: 30_000,
  reservedPlaces: 10,
  operationsPerSocket: 100,
  bufferedBytes: 1_024 * 1_024,
  badLoginsPerMinute: 10,
};
