import type { Exchange } from '../http/exchange.ts';
import { policy, send } from '../http/reply.ts';
import { type Asset, createAsset } from './assets.ts';
import { graphiqlExamples } from './graphiql-examples.ts';

/** Where its files are; they need a session as the page does. */
const folder = '/assets/graphiql';

/**
 * The page. graphql-yoga's own comes from unpkg, and render-graphiql's is one page with everything inline; here the
 * same files stand beside it, so that the policy needs no inline script and no `eval`.
 * @param base path of the public URL
 */
const html = (base: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>GraphiQL · Prospector</title>
<link rel="icon" href="${base}/assets/icon.svg">
<link rel="stylesheet" href="${base}${folder}/app.css">
</head>
<body id="body" class="no-focus-outline">
<noscript>GraphiQL needs JavaScript.</noscript>
<div id="root"></div>
<script src="${base}${folder}/workers.js"></script>
<script src="${base}${folder}/app.js"></script>
<script src="${base}${folder}/start.js"></script>
</body>
</html>
`;

/** On a phone the answer stands below the question instead of beside it, and the logo leaves its room to the tabs. */
const narrowCss = `
@media (max-width: 700px) {
  .graphiql-container .graphiql-session-header + div { flex-direction: column; gap: 8px; }
  .graphiql-container .graphiql-horizontal-drag-bar, .graphiql-container .graphiql-logo { display: none; }
  .graphiql-container .graphiql-tabs { overflow-x: auto; }
}
`;

const options = {
  subscriptionsProtocol: 'WS',
  title: 'GraphiQL · Prospector',
  defaultTabs: graphiqlExamples.map((query) => ({ query })),
};

const workers = {
  editorWorkerService: 'editor-worker.js',
  json: 'json-worker.js',
  graphql: 'graphql-worker.js',
} as const;

const workersScript = `'use strict';
(() => {
  const folder = document.currentScript.src;
  const workers = ${JSON.stringify(workers)};
  self.MonacoEnvironment = {
    globalAPI: false,
    getWorkerUrl: (module, label) => new URL(workers[label], folder).href,
  };
})();
`;

/**
 * GraphiQL opens one more tab unless the query, variables and headers it kept are those of a tab, which they never are
 * once somebody has typed or changed the tab: so those of the tab to show are put there. The tab is the one with the
 * query in the address, else the one that was open last.
 */
const startScript = `'use strict';
(() => {
  const endpoint = new URL('../../graphql', document.currentScript.src).pathname;
  const kept = (name) => 'graphiql:' + name;
  try {
    const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem(kept('tabState')));
    const wanted = new URLSearchParams(location.search).get('query');
    const tab = wanted === null ? tabs[activeTabIndex] : tabs.find(({ query }) => query === wanted);
    for (const name of tab ? ['query', 'variables', 'headers'] : []) {
      if (tab[name]) localStorage.setItem(kept(name), tab[name]);
      else localStorage.removeItem(kept(name));
    }
  } catch {
    // Nothing is kept yet, or not by this version: GraphiQL begins with the examples.
  }
  const options = { ...${JSON.stringify(options)}, endpoint, subscriptionsEndpoint: endpoint };
  YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), options);
})();
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
    page: ({ res, base }: Pick<Exchange, 'res' | 'base'>) => {
      res.setHeader('content-security-policy', graphiqlPolicy);
      send(res, 200, 'text/html; charset=utf-8', html(base));
    },
    file: async (path: string): Promise<Asset | undefined> => (await read()).get(path),
  };
}

/**
 * Monaco writes its styles into the page and draws with `data:` images and fonts. Scripts and workers are files, as on
 * every page of ours.
 */
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
    [`${folder}/app.css`, createAsset('css', files.css + narrowCss)],
    ...scripts.map(([name, body]) => [`${folder}/${name}`, createAsset('javascript', body)] as const),
  ]);
}
