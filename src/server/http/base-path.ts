/**
 * The path below which people reach us: that of the public URL, without a slash at its end. Empty where a host is ours
 * alone. Every link, redirect, cookie path and source begins with it.
 */
export function basePathOf(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/+$/, '');
}

/** The path as the routes know it. A proxy may pass the base path on or take it away; both are the same to us. */
export function withoutBase(path: string, base: string): string {
  return base !== '' && path.startsWith(`${base}/`) ? path.slice(base.length) : path;
}
