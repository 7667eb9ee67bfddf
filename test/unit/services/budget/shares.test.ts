import fc from 'fast-check';
import { expect, it } from 'vitest';
import { byPurpose, leftFor, mostFor, sharesOf } from '../../../../src/services/budget/shares.ts';
import { type RequestPurpose, requestPurposes } from '../../../../src/services/upwork/model.ts';

it('10.17 each purpose has its share of the day', () => {
  expect(sharesOf(500)).toEqual({ SCAN: 300, PROPOSALS: 25, IDENTITY: 10, CONTRACTS: 8, DETAIL: 5, DIAGNOSIS: 2 });
  expect(mostFor('SCAN', 500)).toBe(450);
  expect(mostFor('PROPOSALS', 500)).toBe(500 - 300 - 25);
});

it('10.17 whatever the others have asked for, each purpose gets its share, and all together no more than the day', () => {
  const orders = fc.array(fc.constantFrom<RequestPurpose>(...requestPurposes), { maxLength: 400 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), orders, (perDay, order) => {
      const used = { ...byPurpose(() => 0) };
      for (const purpose of order) if (leftFor(purpose, used, perDay) > 0) used[purpose] += 1;
      const shares = sharesOf(perDay);
      for (const purpose of requestPurposes)
        expect(used[purpose] + leftFor(purpose, used, perDay)).toBeGreaterThanOrEqual(shares[purpose]);
      // Everybody takes what is left to them.
      for (const purpose of requestPurposes) while (leftFor(purpose, used, perDay) > 0) used[purpose] += 1;
      expect(requestPurposes.reduce((sum, purpose) => sum + used[purpose], 0)).toBe(perDay);
    }),
  );
});
