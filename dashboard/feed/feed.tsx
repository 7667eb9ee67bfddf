import { useEffect, useRef, useState } from 'react';
import { setParameter, useAddress } from '../app/address.ts';
import { Errors } from '../ui/errors.tsx';
import { Detail } from './detail.tsx';
import type { Triage } from './documents.ts';
import { type Command, commandOf, keys } from './keys.ts';
import { Row } from './row.tsx';
import { useFeed } from './use-feed.ts';

const lists: Readonly<Record<string, readonly Triage[]>> = {
  open: ['NEW', 'SEEN', 'SHORTLISTED'],
  shortlisted: ['SHORTLISTED'],
  dismissed: ['DISMISSED'],
  all: ['NEW', 'SEEN', 'SHORTLISTED', 'DISMISSED', 'APPLIED'],
};

/** What is new, why, and what to do with it, by mouse or by keyboard. New jobs wait above and move nothing. */
export function Feed() {
  const { searchParams } = useAddress();
  const [first, setFirst] = useState(50);
  const [showsKeys, setShowsKeys] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const list = searchParams.get('list') ?? 'all';
  const query = searchParams.get('q') ?? '';
  const feed = useFeed({ first, ...(query && { query }), filter: { triage: lists[list] ?? [] } });
  const jobs = feed.data?.jobs.nodes ?? [];
  const current = jobs.find(({ id }) => id === searchParams.get('job'));
  const step = (by: number) => {
    const at = current ? jobs.indexOf(current) + by : 0;
    const to = jobs[Math.min(Math.max(at, 0), jobs.length - 1)];
    if (to) setParameter('job', to.id, { replace: current !== undefined });
  };
  const actions: Record<Command, () => unknown> = {
    next: () => step(1),
    previous: () => step(-1),
    shortlist: () => current && feed.decide(current, 'SHORTLISTED'),
    dismiss: () => current && feed.decide(current, 'DISMISSED'),
    undo: feed.undo,
    open: () => current && window.open(current.url, '_blank', 'noopener,noreferrer'),
    new: feed.showNew,
    search: () => search.current?.focus(),
    help: () => setShowsKeys(!showsKeys),
    back: () => (showsKeys ? setShowsKeys(false) : setParameter('job', undefined)),
  };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
      const command = commandOf(event, isTyping);
      if (!command) return;
      event.preventDefault();
      actions[command]();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
  return (
    <div className={current ? 'feed with-detail' : 'feed'}>
      <section aria-label="Jobs" className="list">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setParameter('q', search.current?.value.trim());
            search.current?.blur();
          }}
        >
          <input ref={search} type="search" aria-label="Search jobs" placeholder="Search ( / )" defaultValue={query} />
          <select aria-label="Which jobs" value={list} onChange={(event) => setParameter('list', event.target.value)}>
            {Object.keys(lists).map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </form>
        <div aria-live="polite">
          {feed.waiting > 0 && (
            <button type="button" onClick={feed.showNew}>
              {feed.waiting} new ↑
            </button>
          )}
        </div>
        <Errors of={[feed.failure]} />
        {showsKeys && (
          <dl className="keys" aria-label="Keys">
            {Object.entries(keys).map(([key, [, words]]) => (
              <div key={key}>
                <dt>{key}</dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
        )}
        {feed.fetching && !feed.data && <p className="quiet">Loading …</p>}
        {feed.data && jobs.length === 0 && (
          <p className="quiet">
            No jobs here. <a href="./scanning">See what the last scan found, or scan now.</a>
          </p>
        )}
        <ul>
          {jobs.map((job) => (
            <Row
              key={job.id}
              job={job}
              isCurrent={job === current}
              isEdited={feed.edited.has(job.id)}
              onOpen={() => setParameter('job', job.id)}
            />
          ))}
        </ul>
        {jobs.length < (feed.data?.jobs.totalCount ?? 0) && first < 60 && (
          <button type="button" onClick={() => setFirst(60)}>
            Show more
          </button>
        )}
      </section>
      {current && (
        <Detail
          job={current}
          onTriage={(to) => feed.decide(current, to)}
          onBack={() => setParameter('job', undefined)}
        />
      )}
    </div>
  );
}
