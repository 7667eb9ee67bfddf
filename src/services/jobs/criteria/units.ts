const decimals = 4;
const amount = /^(\d{1,16})(?:\.(\d{1,30}))?$/;

/**
 * An amount in ten-thousandths, exactly (F105): money and ratings are kept as such integers. Digits beyond the fourth
 * are rounded, half up unless told. Undefined for what is no plain, non-negative decimal (`"1,000"`, `"-1"`, `"1e3"`,
 * `"NaN"`) or exceeds what an integer holds.
 */
export function toUnits(text: string, rounding: 'nearest' | 'up' | 'down' = 'nearest'): number | undefined {
  const [, whole, fraction = ''] = amount.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const rest = fraction.slice(decimals);
  const isUp = rounding === 'up' ? /[1-9]/.test(rest) : rounding === 'nearest' && /^[5-9]/.test(rest);
  const units = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0')) + (isUp ? 1n : 0n);
  return units <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(units) : undefined;
}

/** Ten-thousandths as a canonical decimal: `12505000` → `"1250.5"`. */
export function toDecimal(units: number): string {
  const digits = String(units).padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  return `${digits.slice(0, -decimals)}${fraction === '' ? '' : `.${fraction}`}`;
}
