const unitMs = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };

const iso = /^P(?:(\d+)W|(?=\d|T\d)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?)$/;
const short = /^(?=\d)(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;

/**
 * Milliseconds of a duration of fixed length: ISO 8601 (`PT15M`, `P14D`, `P2W`) or short (`30m`, `1h30m`). A day has 24 hours.
 * Undefined for anything else: years and months have no fixed length.
 */
export function parseDuration(text: string): number | undefined {
  const parts = iso.exec(text) ?? short.exec(text);
  if (!parts) return undefined;
  const [weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  const ms = Math.round(
    (weeks ?? 0) * unitMs.w +
      (days ?? 0) * unitMs.d +
      (hours ?? 0) * unitMs.h +
      (minutes ?? 0) * unitMs.m +
      (seconds ?? 0) * unitMs.s,
  );
  return Number.isSafeInteger(ms) ? ms : undefined;
}

/** ISO 8601 for whole milliseconds, largest units first: `PT15M`, `P1DT2H`, `PT0.25S`, `PT0S`; a leading `-` for less than nothing. */
export function formatDuration(ms: number): string {
  let rest = Math.round(Math.abs(ms));
  const take = (unit: number) => {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    return count;
  };
  const days = take(unitMs.d);
  const hours = take(unitMs.h);
  const minutes = take(unitMs.m);
  const date = days > 0 ? `${days}D` : '';
  const time = `${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${rest > 0 ? `${rest / 1_000}S` : ''}`;
  if (date === '' && time === '') return 'PT0S';
  return `${ms < 0 ? '-' : ''}P${date}${time === '' ? '' : `T${time}`}`;
}
