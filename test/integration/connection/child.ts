import { createInterface } from 'node:readline';
import { systemClock } from '../../../src/clock.ts';
import { openWholeConnection, type Whereabouts } from './whole-connection.ts';

/*
 * A process of its own on a database that others use too: says `ready`, and for every line it is told asks for a token and says which, or why not.
 */
const where = JSON.parse(process.argv[2] ?? '{}') as Whereabouts;
const { connection } = await openWholeConnection(where, systemClock);
const say = (line: string) => process.stdout.write(`${line}\n`);
createInterface({ input: process.stdin }).on('line', () => {
  connection.tokens.token().then(
    ({ value }) => say(`token ${value}`),
    (error: unknown) => say(`error ${String(error)}`),
  );
});
say('ready');
