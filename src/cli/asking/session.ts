import type { Command } from 'commander';
import { createProspectorClient, type ProspectorClient } from '../../client/client.ts';
import type { Notice } from '../../client/operations/answers.ts';
import { clean, toJson } from '../print.ts';
import type { Shell } from '../shell.ts';
import { findServer, findToken } from './find-server.ts';

/** One command at work: the server it asks and the way it prints. */
export interface Session {
  shell: Shell;
  client: ProspectorClient;
  /** True with `--json`: standard output carries JSON alone. */
  json: boolean;
  /** Prints the result: `text` for people, `value` as one JSON document for programs. */
  print(value: unknown, text: string): void;
  /** Prints one entry of a stream: a line, or several, for people; one line of JSON for programs. */
  printEntry(value: unknown, text: string): void;
  /** Says something beside the result, on standard error; silent with `--json`. */
  note(text: string): void;
  /** Warnings of a payload, as notes. */
  warn(warnings: readonly Notice[]): void;
}

/** Makes the session of a command from its global options. Throws as `findServer` does. */
export function openSession(command: Command, shell: Shell): Session {
  const { json = false, url } = command.optsWithGlobals<{ json?: boolean; url?: string }>();
  findServer(shell.env, url);
  const client = createProspectorClient({
    // Asked again at every reconnection: a restarted server may have another port.
    url: () => findServer(shell.env, url),
    token: findToken(shell.env),
    fetch: shell.fetch,
    WebSocket: shell.WebSocket,
    sleep: (delayMs) => shell.sleep(delayMs),
  });
  const note = (text: string) => {
    if (!json) shell.err(`${text}\n`);
  };
  return {
    shell,
    client,
    json,
    print: (value, text) => shell.out(`${json ? toJson(value, 2) : text}\n`),
    printEntry: (value, text) => shell.out(`${json ? toJson(value) : text}\n`),
    note,
    warn: (warnings) => {
      for (const warning of warnings) note(`Warning: ${clean(warning.message)}`);
    },
  };
}
