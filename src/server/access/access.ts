/** The face of the doors: who asks, what lets them in, and what happens to those whom nothing lets in. */
export { createAuthenticate } from './authenticate.ts';
export { createFlowCookie, createSessionCookie } from './cookies.ts';
export { createGuesses, type Guesses } from './guesses.ts';
export { startLiveConnections } from './live-connections.ts';
export { createLogin } from './login.ts';
export { createTurnAway } from './turn-away.ts';
