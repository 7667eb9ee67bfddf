const seconds = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds in a duration as Vault reads it (`3600`, `"3600"`, `"1h30m"`); undefined when it is none. */
export function secondsOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : undefined;
  if (typeof value !== 'string') return undefined;
  if (/^-?\d+$/.test(value)) return Number(value);
  if (!/^(?:\d+[smhd])+$/.test(value)) return undefined;
  return [...value.matchAll(/(\d+)([smhd])/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * seconds[unit as keyof typeof seconds],
    0,
  );
}

/** A duration as Go prints it: `1h0m0s`; zero is `0s`. */
export function goDuration(total: number): string {
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const rest = `${total % 60}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}

/** The same without its zero parts: `1h`. OpenBao prints durations so. */
export function shortDuration(total: number): string {
  return goDuration(total)
    .replace(/(?<=[hm])0s$/, '')
    .replace(/(?<=h)0m$/, '');
}
