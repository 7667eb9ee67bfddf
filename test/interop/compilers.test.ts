import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { generate } from '@graphql-codegen/cli';
import { afterEach, beforeEach, expect, it } from 'vitest';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const sdl = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prospector-compilers-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('relay-compiler compiles pagination, refetching and a subscription over the SDL', async () => {
  writeFileSync(join(folder, 'schema.graphql'), sdl);
  writeFileSync(join(folder, 'package.json'), '{}');
  writeFileSync(
    join(folder, 'feed.js'),
    `graphql\`fragment feed_jobs on Query @refetchable(queryName: "feedJobsPage") @argumentDefinitions(count: { type: "Int", defaultValue: 25 }, cursor: { type: "String" }) {
      jobs(first: $count, after: $cursor) @connection(key: "feed_jobs") { edges { node { id title client { country } } } } }\`;
    graphql\`query feedQuery { ...feed_jobs viewer { scopes } }\`;
    graphql\`subscription feedSubscription($after: String) { jobPosted(after: $after) { cursor job { id title } } }\`;
    graphql\`mutation feedMutation($input: ConnectUpworkInput!) { connectUpwork(input: $input) { flow { id status } errors { __typename message } } }\`;`,
  );
  writeFileSync(
    join(folder, 'relay.config.json'),
    JSON.stringify({ src: '.', schema: './schema.graphql', language: 'javascript', eagerEsModules: true }),
  );
  const compiler = join(dirname(require.resolve('relay-compiler/package.json')), 'cli.js');
  await run(process.execPath, [compiler, join(folder, 'relay.config.json')], { cwd: folder });
  expect(readdirSync(join(folder, '__generated__')).sort()).toEqual([
    'feedJobsPage.graphql.js',
    'feedMutation.graphql.js',
    'feedQuery.graphql.js',
    'feedSubscription.graphql.js',
    'feed_jobs.graphql.js',
  ]);
});

it('graphql-codegen makes typed documents over the SDL, with the one-of input as an exclusive union', async () => {
  const documents = `query Feed($first: Int) { jobs(first: $first) { nodes { id title score { value } } totalCount } }
     mutation Complete($input: CompleteUpworkConnectionInput!) { completeUpworkConnection(input: $input) { flow { status } errors { code ... on AuthorizationFlowError { oauthError } } } }`;
  const files = await generate(
    {
      schema: sdl,
      documents,
      silent: true,
      generates: {
        [`${folder}/`]: {
          preset: 'client',
          presetConfig: { persistedDocuments: { hashAlgorithm: 'sha256', hashPropertyName: 'documentId' } },
        },
      },
    },
    false,
  );
  const content = (name: string) =>
    files.find((file: { filename: string }) => file.filename.endsWith(name))?.content as string;
  expect(Object.values(JSON.parse(content('persisted-documents.json')))).toHaveLength(2);
  expect(content('graphql.ts')).toMatch(
    /CompleteUpworkConnectionInput =\s*\{[^|]*authorization[^|]*\|\s*\{[^|]*authorization\?: never/s,
  );
});
