import { expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { openTestServer } from '../../support/server.ts';
import { search } from '../../unit/resolvers/answers.ts';

it('11.1 19.K the server looks after sockets and timers between two dear reads of one operation', async () => {
  let ms = 0;
  const told: string[] = [];
  const unseenCount = () => {
    told.push('count');
    ms += 30;
    // Runs when the loop comes round, as sockets and timers do.
    setImmediate(() => told.push('others'));
    return 7;
  };
  await using server = await openTestServer({
    clock: { ...systemClock, monotonic: () => ms },
    services: { searches: { byId: () => search(), unseenCount } },
  });
  const counts = 'a: unseenCount b: unseenCount c: unseenCount d: unseenCount';
  const reply = await server.ask(`{ savedSearch(id: "search_1") { ${counts} } }`);
  expect(reply.data).toEqual({ savedSearch: { a: 7, b: 7, c: 7, d: 7 } });
  expect(told.slice(0, 7)).toEqual(['count', 'others', 'count', 'others', 'count', 'others', 'count']);
});
