import { useSyncExternalStore } from 'react';

const moved = 'prospector:moved';

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(moved, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(moved, listener);
  };
}

/** The address, which is the state of the views: reload, back and a shared link show the same. */
export function useAddress(): URL {
  return new URL(useSyncExternalStore(subscribe, () => window.location.href));
}

/** Goes to an address below this page's folder. `replace` leaves no step for the back button. */
export function go(to: string | URL, { replace = false } = {}): void {
  const url = new URL(to, window.location.href);
  if (replace) window.history.replaceState(null, '', url);
  else window.history.pushState(null, '', url);
  window.dispatchEvent(new Event(moved));
}

/** Sets one parameter of the address, or takes it away. */
export function setParameter(name: string, value: string | undefined, options?: { replace?: boolean }): void {
  const url = new URL(window.location.href);
  if (value) url.searchParams.set(name, value);
  else url.searchParams.delete(name);
  go(url, options);
}
