import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { globSync } from 'tinyglobby';
import { expect, it } from 'vitest';
import { faces, shelves } from './rooms.ts';

/*
 * A room is a folder. From outside a room only its face is imported: the file of the room's own name, the file that `rooms.ts` names for
 * it, or `model.ts`, its nouns. A folder inside a room may import the room's own files; what lies in the folder is the folder's affair.
 * Shelves are folders of files that stand beside each other without one of them speaking for the rest.
 */
const files = globSync(['src/**/*.ts', 'sandbox/**/*.ts']);
const statement = /^(?:import|export)\s+(?:type\s)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;

function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(statement)]
    .map(([, name]) => name ?? '')
    .filter((name) => name.startsWith('.'))
    .map((name) => normalize(join(dirname(file), name)));
}

/** What still walks past a face. The list may only shrink. */
const openDoors: string[] = JSON.parse(readFileSync('test/unit/open-doors.json', 'utf8'));

const isShelf = (room: string) => shelves.some((shelf) => shelf.test(room));

function isFace(room: string, target: string): boolean {
  const name = basename(target, '.ts');
  return dirname(target) === room && (name === basename(room) || name === 'model' || name === faces[room]);
}

/** Every import that walks past a face, as `file → import`. Each room the import enters is asked. */
function walksPast(file: string): string[] {
  return importsOf(file).filter((target) => {
    for (let room = dirname(target); room.includes('/'); room = dirname(room)) {
      if (file.startsWith(`${room}/`)) return false;
      if (isShelf(room)) continue;
      if (dirname(target) === room) {
        if (!isFace(room, target)) return true;
      } else if (room !== dirname(target) && !isShelf(dirname(target))) {
        // A room inside a room is entered through the outer one.
        return true;
      }
    }
    return false;
  });
}

it('from outside a room only its face is imported', () => {
  const found = files.flatMap((file) => walksPast(file).map((target) => `${file} → ${target}`));
  expect(found.filter((step) => !openDoors.includes(step))).toEqual([]);
});

it('no folder lists more than fourteen files', () => {
  const folders = [...new Set(files.map((file) => dirname(file)))];
  const full = folders
    .map((folder) => ({ folder, count: readdirSync(folder).filter((name) => name.endsWith('.ts')).length }))
    .filter(({ count }) => count > 14);
  expect(full).toEqual([]);
});

it('every room that is named here is there, and so is its face', () => {
  const missing = Object.entries(faces).filter(([room, face]) => !files.includes(`${room}/${face}.ts`));
  expect(missing).toEqual([]);
});

/*
 * ARCHITECTURE.md describes the house: a line for each folder that has rooms, with each room's name and what is in it, and the flows as files in
 * reading order.
 */
const page = readFileSync('ARCHITECTURE.md', 'utf8');

/** `folder/room` of every room in the lines "- `folder`: … `room/` …". */
function roomsOnThePage(): string[] {
  const entries = page.split('## Five flows')[0]?.match(/^- `[\w/]+`:[\s\S]*?(?=^- |^$)/gm) ?? [];
  return entries.flatMap((entry) => {
    const [, folder = ''] = /^- `([\w/]+)`/.exec(entry) ?? [];
    return [folder, ...[...entry.matchAll(/`([\w/-]+)\/`/g)].map(([, room]) => `${folder}/${room}`)];
  });
}

/** Every folder of the house, but for what a tool writes. */
function roomsOfTheHouse(): string[] {
  const found = globSync(['src/**/', 'sandbox/**/', 'demo/**/', 'drizzle/**/'], { onlyDirectories: true });
  return [...new Set(found.map((folder) => folder.replace(/\/$/, '')))].filter(
    (folder) => !/migrations\/./.test(folder),
  );
}

it('ARCHITECTURE.md shows every room of the house and no other', () => {
  expect([...new Set(roomsOnThePage())].sort()).toEqual(roomsOfTheHouse().sort());
});

it('every file that a flow of ARCHITECTURE.md names is there', () => {
  const named = [...page.matchAll(/^\d+\. `([^`]+)`$/gm)].map(([, file]) => file ?? '');
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((file) => !files.includes(file))).toEqual([]);
});
