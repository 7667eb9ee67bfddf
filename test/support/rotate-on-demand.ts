/* A program that rotates the key of the home it is given for each line it reads, and says so. */
import { createInterface } from 'node:readline';
import { systemClock } from '../../src/clock.ts';
import { systemRandom } from '../../src/random.ts';
import { openDatabase } from '../../src/services/database/open.ts';
import { rotateKey } from '../../src/services/secrets/embedded/rotate-key.ts';

const [, , path = '', keyFile = ''] = process.argv;
const { sql: db } = openDatabase({ path, clock: systemClock, random: systemRandom });
process.stdout.write('ready\n');
for await (const _line of createInterface({ input: process.stdin })) {
  await rotateKey({ db, random: systemRandom, keyFile, to: 'file' });
  process.stdout.write('rotated\n');
}
