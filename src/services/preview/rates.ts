const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Matches a day, from `from` to `to`, with two decimals; 0 where that is no stretch of time. */
export function perDay(instants: readonly Date[], from: Date, to: Date): number {
  const days = (to.getTime() - from.getTime()) / dayMs;
  if (days <= 0) return 0;
  return Math.round((instants.filter((at) => at >= from).length / days) * 100) / 100;
}

/** The most instants within any stretch of one hour. They come newest first. */
export function peakPerHour(instants: readonly Date[]): number {
  let peak = 0;
  let oldest = 0;
  for (const [newest, at] of instants.entries()) {
    oldest = Math.max(oldest, newest);
    while (oldest < instants.length && at.getTime() - (instants[oldest] as Date).getTime() < hourMs) oldest += 1;
    peak = Math.max(peak, oldest - newest);
  }
  return peak;
}
