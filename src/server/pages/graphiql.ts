import type { ServerResponse } from 'node:http';
import { policy, send } from '../http/reply.ts';
import { type Asset, createAsset } from './assets.ts';

/** Where its files are; they need a session as the page does. */
const folder = '/assets/graphiql';

/**
 * The page. graphql-yoga's own comes from unpkg, and render-graphiql's is one page with everything inline; here the same files stand beside it, so
 * that the policy needs no inline script and no `eval`.
 */
const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>GraphiQL · Prospector</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="${folder}/app.css">
</head>
<body id="body" class="no-focus-outline">
<noscript>GraphiQL needs JavaScript.</noscript>
<div id="root"></div>
<script src="${folder}/workers.js"></script>
<script src="${folder}/app.js"></script>
<script src="${folder}/start.js"></script>
</body>
</html>
`;

const welcome = `# The tail of the event log, live: run it, then let a scan find something.
subscription NewJobs {
  jobPosted {
    cursor
    job {
      title
      category
      url
      client {
        country
      }
    }
  }
}
`;

const options = {
  endpoint: '/graphql',
  subscriptionsEndpoint: '/graphql',
  subscriptionsProtocol: 'WS',
  title: 'GraphiQL · Prospector',
  defaultQuery: welcome,
};

const workers = {
  editorWorkerService: 'editor-worker.js',
  json: 'json-worker.js',
  graphql: 'graphql-worker.js',
} as const;

const workersScript = `'use strict';
const workers = ${JSON.stringify(workers)};
self.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (module, label) => '${folder}/' + workers[label] };
`;
const startScript = `'use strict';
YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), ${JSON.stringify(options)});
`;

/** Paths of all files. */
export const graphiqlPaths = ['app.css', 'app.js', 'workers.js', 'start.js', ...Object.values(workers)].map(
  (name) => `${folder}/${name}`,
);

/** GraphiQL from this machine alone. Its nine megabytes are read when somebody first asks for them. */
export function createGraphiql() {
  let reading: Promise<ReadonlyMap<string, Asset>> | undefined;
  const read = () => {
    reading ??= readFiles();
    return reading;
  };
  return {
    page: (res: ServerResponse) => {
      res.setHeader('content-security-policy', graphiqlPolicy);
      send(res, 200, 'text/html; charset=utf-8', html);
    },
    file: async (path: string): Promise<Asset | undefined> => (await read()).get(path),
  };
}

/** Monaco writes its styles into the page and draws with `data:` images and fonts. Scripts and workers are files, as on every page of ours. */
const graphiqlPolicy = policy(["style-src 'self' 'unsafe-inline'", "img-src 'self' data:", "font-src 'self' data:"]);

async function readFiles(): Promise<ReadonlyMap<string, Asset>> {
  const files = await import('@graphql-yoga/render-graphiql/graphiql');
  const scripts: [name: string, body: string][] = [
    ['app.js', files.js],
    ['workers.js', workersScript],
    ['start.js', startScript],
    [workers.editorWorkerService, files.editorWorkerService],
    [workers.json, files.jsonWorker],
    [workers.graphql, files.graphqlWorker],
  ];
  return new Map([
    [`${folder}/app.css`, createAsset('css', files.css)],
    ...scripts.map(([name, body]) => [`${folder}/${name}`, createAsset('javascript', body)] as const),
  ]);
}
