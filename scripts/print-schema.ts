import { writeFileSync } from 'node:fs';
import { sdl } from '../src/resolvers/index.ts';

writeFileSync(new URL('../schema.graphql', import.meta.url), sdl);
