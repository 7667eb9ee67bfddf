const decimal = /^(-?)0*(\d+)(?:\.(\d+))?$/;

/** The canonical form of a decimal: no leading or trailing zeros, no `-0`, no exponent (`"01250.50"` is `"1250.5"`). Undefined for anything else. */
export function parseDecimal(text: string): string | undefined {
  const parts = decimal.exec(text);
  if (!parts) return undefined;
  const [, sign = '', whole = '', fraction = ''] = parts;
  const kept = fraction.replace(/0+$/, '');
  const value = kept === '' ? whole : `${whole}.${kept}`;
  return value === '0' ? value : `${sign}${value}`;
}
