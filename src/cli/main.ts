import { run } from './run.ts';
import { createSystemShell } from './system-shell.ts';

// A reader that has seen enough (`jobs | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const exitCode = await run(process.argv.slice(2), createSystemShell());
process.stdout.write('', () => process.exit(exitCode));
