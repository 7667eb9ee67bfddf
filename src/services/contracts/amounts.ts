import type { Money } from '../jobs/model.ts';

/** Ten-thousandths of the unit, as the tables keep amounts. `decimal` has no sign; digits beyond the fourth are cut. */
export function toUnits(decimal: string): number {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return Number(whole + fraction.slice(0, 4).padEnd(4, '0'));
}

/** The amount as a canonical decimal string. */
export function toMoney(units: number, currency: string): Money {
  const digits = String(Math.abs(units)).padStart(5, '0');
  const text = `${digits.slice(0, -4)}.${digits.slice(-4)}`.replace(/\.?0+$/, '');
  return { amount: units < 0 ? `-${text}` : text, currency };
}
