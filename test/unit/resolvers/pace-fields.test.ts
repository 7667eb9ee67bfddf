import { expect, it } from 'vitest';
import { createPace } from '../../../src/server/pace.ts';
import { search } from './answers.ts';
import { ask } from './ask.ts';

/** Four counts of 30 ms each, and what else the loop did between them. */
async function fourCounts({ endAfter = 4 } = {}) {
  let ms = 0;
  const told: string[] = [];
  const abort = new AbortController();
  const everybodyElse = () => {
    told.push('others');
    if (told.filter((one) => one === 'count').length >= endAfter) abort.abort();
    else if (told.length < 100) setImmediate(everybodyElse);
  };
  setImmediate(everybodyElse);
  const unseenCount = () => {
    told.push('count');
    ms += 30;
    return 7;
  };
  const reply = await ask(
    '{ savedSearch(id: "search_1") { a: unseenCount b: unseenCount c: unseenCount d: unseenCount } }',
    {
      services: { searches: { byId: () => search(), unseenCount } },
      pace: createPace({ monotonic: () => ms }),
      signal: abort.signal,
    },
  );
  return { reply, told };
}

it('11.1 19.K between two dear reads of one operation everybody else has a turn', async () => {
  const { reply, told } = await fourCounts();
  expect(reply.data).toEqual({ savedSearch: { a: 7, b: 7, c: 7, d: 7 } });
  expect(told.join(' ')).toMatch(/^count (others )+count (others )+count (others )+count/);
});

it('11.1 an operation that was ended reads nothing more', async () => {
  const { reply, told } = await fourCounts({ endAfter: 2 });
  expect(told.filter((one) => one === 'count')).toEqual(['count', 'count']);
  expect(reply.data).toEqual({ savedSearch: null });
});
