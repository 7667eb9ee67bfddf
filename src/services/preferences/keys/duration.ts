const unitMs = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };
const shapes = [
  /^(?=\d)(?:(?<w>\d+)w)?(?:(?<d>\d+)d)?(?:(?<h>\d+)h)?(?:(?<m>\d+)m)?(?:(?<s>\d+(?:\.\d{1,3})?)s)?$/i,
  /^P(?:(?<w>\d+)W|(?=\d|T\d)(?:(?<d>\d+)D)?(?:T(?=\d)(?:(?<h>\d+)H)?(?:(?<m>\d+)M)?(?:(?<s>\d+(?:\.\d{1,3})?)S)?)?)$/i,
];

/** Milliseconds of `30m`, `1h30m`, `7d` or ISO 8601 `PT30M`; undefined for anything else. A day has 24 hours. */
export function parseLength(text: string): number | undefined {
  const groups = shapes.map((shape) => shape.exec(text.trim())?.groups).find((found) => found !== undefined);
  if (!groups) return undefined;
  const ms = Object.entries(unitMs).reduce((sum, [unit, each]) => sum + Number(groups[unit] ?? 0) * each, 0);
  return Number.isSafeInteger(Math.round(ms)) ? Math.round(ms) : undefined;
}

/** As a person writes it, largest units first: `30m`, `1h30m`, `7d`, `1.5s`. What is no length above zero stays visible as `-5ms`, which nothing accepts. */
export function formatLength(ms: number): string {
  if (!Number.isFinite(ms) || ms <= 0) return `${ms}ms`;
  let rest = Math.round(ms);
  const take = (unit: 'd' | 'h' | 'm') => {
    const count = Math.floor(rest / unitMs[unit]);
    rest -= count * unitMs[unit];
    return count > 0 ? `${count}${unit}` : '';
  };
  const whole = `${take('d')}${take('h')}${take('m')}`;
  return rest > 0 ? `${whole}${rest / unitMs.s}s` : whole;
}
