import type { Context } from '../../schema/context.ts';
import type { EventBody, EventType, FollowedEvent, LoggedEvent } from '../../services/events/model.ts';
import { withoutNull } from '../inputs/without.ts';
import { type DeliveredEvent, deliverEvent } from './deliver-event.ts';

type Logged<Type extends EventType> = LoggedEvent & Extract<EventBody, { type: Type }>;

/** What a subscription wants of the log. */
export interface Wanted<Type extends EventType> {
  readonly types?: readonly Type[] | null | undefined;
  readonly after?: string | null | undefined;
  /** Asked when an event is about to be delivered. */
  readonly matches?: (event: Logged<Type>) => boolean;
}

/**
 * The events a subscription wants, each with its subject as it is when it is delivered; those whose subject is gone are left out. `return()` lets go
 * of the log at once, also while a `next()` waits.
 * @throws RefusedError CURSOR_EXPIRED or BAD_USER_INPUT for a cursor that cannot be followed, before anything is delivered
 */
export function followEvents<Type extends EventType>(
  { services, signal, onLag }: Context,
  { types, after, matches }: Wanted<Type>,
): AsyncIterableIterator<Extract<DeliveredEvent, { type: Type }>> {
  const source = services.events.follow({
    ...withoutNull({ types, after, onLag }),
    ...(matches && { matches: (event: LoggedEvent) => matches(event as Logged<Type>) }),
    signal,
  });
  return mapIterator(
    source,
    (event) => deliverEvent(event, services) as Extract<DeliveredEvent, { type: Type }> | undefined,
  );
}

/** An explicit iterator: `return()` of an async generator would queue behind a `next()` that waits (HOUSE §7.4). */
function mapIterator<To extends object>(
  source: AsyncIterableIterator<FollowedEvent>,
  map: (event: FollowedEvent) => To | undefined,
): AsyncIterableIterator<To> {
  const close = async () => {
    await source.return?.();
    return { done: true as const, value: undefined };
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => {
      for (;;) {
        const step = await source.next();
        if (step.done) return { done: true, value: undefined };
        try {
          const value = map(step.value);
          if (value) return { done: false, value };
        } catch (error) {
          await close();
          throw error;
        }
      }
    },
    return: close,
  };
}
