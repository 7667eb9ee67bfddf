import { lazy, type MouseEvent, Suspense } from 'react';
import type { Connection } from '../api/connection.ts';
import { go, useAddress } from './address.ts';
import { StatusLine } from './status-line.tsx';

const Feed = lazy(async () => ({ default: (await import('../feed/feed.tsx')).Feed }));
const Platforms = lazy(async () => ({ default: (await import('../platforms/platforms.tsx')).Platforms }));
const Scanning = lazy(async () => ({ default: (await import('../scanning/scanning.tsx')).Scanning }));

const views = [
  { path: '', label: 'Feed', View: Feed },
  { path: 'scanning', label: 'Scanning', View: Scanning },
  { path: 'platforms', label: 'Platforms', View: Platforms },
] as const;

/** The frame: places at the left (at the bottom of a phone), the status line, and the view the address names. */
export function App({ connection }: { readonly connection: Connection }) {
  const address = useAddress();
  const path = address.pathname.split('/').at(-1) ?? '';
  const { View } = views.find((view) => view.path === path) ?? views[0];
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(event.currentTarget.href);
  };
  return (
    <div className="frame">
      <nav aria-label="Places">
        <strong>Prospector</strong>
        {views.map(({ path: to, label }) => (
          <a key={to} href={`./${to}`} onClick={follow} aria-current={to === path ? 'page' : undefined}>
            {label}
          </a>
        ))}
        <a href="./graphql">GraphiQL</a>
        <LogOut />
      </nav>
      <div className="place">
        <StatusLine connection={connection} />
        <main>
          <Suspense fallback={<p className="quiet">Loading …</p>}>
            <View />
          </Suspense>
        </main>
      </div>
    </div>
  );
}

function LogOut() {
  const logOut = async () => {
    await window.fetch('./logout', { method: 'POST' });
    window.location.assign('./login');
  };
  return (
    <button type="button" className="plain" onClick={logOut}>
      Log out
    </button>
  );
}
