/** The face of the doors: who asks, what lets them in, and what happens to those whom nothing lets in. */
export { type Authenticate, type Credential, createAuthenticate, isOwner } from './authenticate.ts';
export { type Cookie, callbackPath, createFlowCookie, createSessionCookie } from './cookies.ts';
export { createGuesses, type Guesses, networkOf } from './guesses.ts';
export { createHosts, type Hosts } from './hosts.ts';
export { type LiveConnections, startLiveConnections } from './live-connections.ts';
export { createLogin } from './login.ts';
export { createTurnAway } from './turn-away.ts';
