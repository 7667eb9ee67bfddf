import type { Money } from '../../jobs/model.ts';

/**
 * What is left of `gross` after a fee of `feePercent` (a decimal string, 0 to 100), in cents, rounded half up. Exact: no floats. Upwork's fee differs by
 * contract and is shown by no API, so the percentage is the person's own estimate.
 */
export function netOf(gross: Money, feePercent: string): Money {
  const cents = scaled(gross.amount, 2);
  const kept = 1_000_000n - scaled(feePercent, 4);
  const net = (cents * kept + 500_000n) / 1_000_000n;
  const text = `${net / 100n}.${String(net % 100n).padStart(2, '0')}`;
  return { amount: text.replace(/\.?0+$/, ''), currency: gross.currency };
}

/** The integer of `decimal` times ten to the power of `digits`; further digits are cut. */
function scaled(decimal: string, digits: number): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
}
