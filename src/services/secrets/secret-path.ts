/**
 * A path as given, if it is one: segments of lower-case letters, digits, `_`, `-` and `~`, joined by single slashes. Nothing that an URL, SQLite
 * or node-vault would read in another way (T6: a path that contains `sys/health` turns refusals into successes).
 * @throws TypeError: a mistake in our own code
 */
export function checkedPath(path: string): string {
  if (/^[a-z0-9_~-]+(?:\/[a-z0-9_~-]+)*$/i.test(path) && path.length <= 200) return path;
  throw new TypeError(`"${path}" is no path of a secret: letters, digits, _ - ~ and single slashes only.`);
}
