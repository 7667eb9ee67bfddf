/** The pages of this server and their files: all that the rest of it imports from here. */
export { type Asset, openAssets } from './assets.ts';
export { type Dashboard, readDashboard } from './dashboard.ts';
export { createGraphiql, graphiqlPaths } from './graphiql.ts';
export { createOauthCallback } from './oauth-callback.ts';
export { page } from './page.ts';
