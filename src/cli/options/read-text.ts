import { readFileSync } from 'node:fs';
import { UsageError } from '../exit.ts';
import type { Shell } from '../shell.ts';

/** The text of a file, or of standard input where it is called `-`. @throws UsageError where it cannot be read */
export async function readText(file: string, shell: Shell): Promise<string> {
  if (file !== '-') {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw new UsageError(`Cannot read ${file} (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
    }
  }
  const lines: string[] = [];
  for (let line = await shell.readLine(); line !== undefined; line = await shell.readLine()) lines.push(line);
  return lines.join('\n');
}
