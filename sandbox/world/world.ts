import type { WorldClock } from '../clock.ts';
import type { Random } from '../random.ts';
import { categories } from './categories.ts';
import { drawSubcategory, generatePosting, placeOf } from './generate-posting.ts';
import type { Posting, PostingFields } from './posting.ts';

/** How fast new postings appear. */
export interface Stream {
  postingsPerMinute: number;
  paused: boolean;
}

/** All postings, and the passing of time among them. */
export interface World {
  /** Lets everything happen that was due by now. Called before every answer; nothing here has a timer. */
  catchUp(): void;
  /** Everything there is, oldest first, closed ones included. */
  list(): Posting[];
  /** One by its numeric id. */
  find(id: string): Posting | undefined;
  /** Plants a posting; what is not given is made up. Throws on an unknown category or an id already there. */
  post(fields?: PostingFields): Posting;
  /** Changes a posting. Throws when there is none. */
  edit(id: string, fields: PostingFields): Posting;
  /** Takes a posting out of the world. Throws when there is none. */
  remove(id: string): void;
  /** Reads or changes the stream. */
  stream(change?: Partial<Stream>): Stream;
}

/** Oldest postings are forgotten beyond this, so that a clock set far ahead does not fill the memory. */
const postingsAtMost = 20_000;
const day = 86_400_000;

/** A world of `backlog` postings over the last three days and a stream of new ones, all drawn from `random`. */
export function createWorld(clock: WorldClock, random: Random, backlog: number, postingsPerMinute: number): World {
  const postings = new Map<string, Posting>();
  const titles = new Set<string>();
  const streamed = random.fork('stream');
  const planted = random.fork('planted');
  const stream: Stream = { postingsPerMinute, paused: false };
  /** The latest made by chance, which chance may also change; planted ones are left as they are. */
  const recent: Posting[] = [];
  let nextAt = clock.now() + gap();

  function gap(): number {
    if (stream.postingsPerMinute <= 0) return Number.POSITIVE_INFINITY;
    return (60_000 / stream.postingsPerMinute) * (0.5 + streamed.next());
  }

  function add(draft: Omit<Posting, 'id'>, id = freeId(draft.createdAt)): Posting {
    if (postings.has(id)) throw new Error(`There is already a posting ${id}.`);
    const posting = { ...draft, id };
    postings.set(id, posting);
    titles.add(posting.title);
    return posting;
  }

  function addByChance(draft: Omit<Posting, 'id'>): Posting {
    const posting = add(draft);
    recent.push(posting);
    if (recent.length > 500) recent.shift();
    return posting;
  }

  /** Snowflake: milliseconds since 2010-11-04 in the upper bits, as Upwork's ids have it. */
  function freeId(at: number): string {
    let id = BigInt(Math.max(0, at - 1_288_834_974_657)) << 22n;
    while (postings.has(String(id))) id += 1n;
    return String(id);
  }

  function generate(source: Random, subcategory: string, at: number): Omit<Posting, 'id'> {
    return generatePosting(source, subcategory, at, (title) => titles.has(title));
  }

  function fillBacklog(): void {
    const every = random.some(
      categories.flatMap(({ subcategories }) => subcategories.map(({ label }) => label)),
      64,
    );
    for (let index = 0; index < backlog; index++) {
      const at = clock.now() - Math.round((3 * day * (backlog - index)) / (backlog + 1));
      const subcategory = (index % 2 === 0 ? every[index / 2] : undefined) ?? drawSubcategory(random);
      const posting = addByChance(generate(random, subcategory, at));
      if (random.chance(0.06)) posting.renewedAt = Math.min(clock.now(), at + random.int(6, 40) * 3_600_000);
    }
  }

  /** Now and then something happens to an older posting while a new one appears. */
  function stir(at: number): void {
    if (!streamed.chance(0.25)) return;
    const posting = recent[streamed.int(0, recent.length - 1)];
    if (!posting || posting.status === 'CLOSED' || at - posting.publishedAt < 600_000) return;
    const what = streamed.next();
    if (what < 0.3) posting.renewedAt = at;
    else if (what < 0.6) posting.freelancersToHire = 0;
    else if (what < 0.8) posting.status = 'CLOSED';
    else posting.description = `${posting.description}\n\nUpdate: we can be flexible about the starting date.`;
  }

  function forget(): void {
    for (const [id, { title }] of postings) {
      if (postings.size <= postingsAtMost) return;
      postings.delete(id);
      titles.delete(title);
    }
  }

  function apply(posting: Posting, fields: PostingFields): Posting {
    const { category, subcategory, createdAt, publishedAt, renewedAt, client, ...plain } = fields;
    Object.assign(posting, plain);
    const place = subcategory ?? category;
    if (place !== undefined) {
      const found = placeOf(place);
      posting.categoryId = found.category.id;
      posting.subcategoryId = found.subcategory.id;
    }
    if (createdAt !== undefined) posting.createdAt = instant(createdAt);
    if (publishedAt !== undefined) posting.publishedAt = instant(publishedAt);
    else if (createdAt !== undefined) posting.publishedAt = posting.createdAt;
    if (renewedAt !== undefined) posting.renewedAt = renewedAt === null ? null : instant(renewedAt);
    Object.assign(posting.client, client);
    return posting;
  }

  function known(id: string): Posting {
    const posting = postings.get(id);
    if (!posting) throw new Error(`There is no posting ${id}.`);
    return posting;
  }

  fillBacklog();
  return {
    catchUp: () => {
      const now = clock.now();
      while (!stream.paused && nextAt <= now) {
        addByChance(generate(streamed, drawSubcategory(streamed), Math.floor(nextAt)));
        stir(nextAt);
        nextAt += gap();
      }
      forget();
    },
    list: () => [...postings.values()],
    find: (id) => postings.get(id),
    post: (fields = {}) => {
      const at = fields.createdAt ?? fields.publishedAt;
      const createdAt = at === undefined ? clock.now() : instant(at);
      const draft = generate(planted, fields.subcategory ?? fields.category ?? drawSubcategory(planted), createdAt);
      if (fields.freelancersToHire === undefined) draft.freelancersToHire = 1;
      const jobType = fields.jobType ?? impliedJobType(fields);
      if (jobType !== undefined) Object.assign(draft, { jobType, ...budgetOf(jobType) });
      draft.publishedAt = createdAt;
      const { id, ...rest } = fields;
      return add(apply({ ...draft, id: '' }, rest), id);
    },
    edit: (id, fields) => apply(known(id), fields),
    remove: (id) => {
      titles.delete(known(id).title);
      postings.delete(id);
    },
    stream: (change = {}) => {
      Object.assign(stream, change);
      if (Object.keys(change).length > 0) nextAt = clock.now() + gap();
      return { ...stream };
    },
  };
}

function impliedJobType({ hourlyMin, hourlyMax, fixedAmount }: PostingFields): Posting['jobType'] | undefined {
  if (hourlyMin != null || hourlyMax != null) return 'HOURLY';
  return fixedAmount ? 'FIXED' : undefined;
}

function budgetOf(jobType: Posting['jobType']): Partial<Posting> {
  return jobType === 'HOURLY'
    ? { hourlyMin: 40, hourlyMax: 70, fixedAmount: 0 }
    : { hourlyMin: null, hourlyMax: null, fixedAmount: 500 };
}

function instant(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new Error(`${text} is no ISO 8601 date.`);
  return at;
}
