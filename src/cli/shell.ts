/** Everything of the outside a command touches, so that tests can drive it. */
export interface Shell {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** True when a person sits at both ends: prompts are possible. */
  readonly isTTY: boolean;
  readonly fetch: typeof fetch;
  /** The WebSocket class subscriptions run over. */
  readonly WebSocket: unknown;
  now(): Date;
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
  /** Writes to standard output, as it is: what is printed was cleaned before. */
  out(text: string): void;
  /** Writes to standard error, as it is. */
  err(text: string): void;
  /** The next line of standard input without its end, or undefined at the end of the input. */
  readLine(): Promise<string | undefined>;
  /** Asks visibly on the terminal. Undefined when the person cancels or `signal` aborts. */
  askText(message: string, signal?: AbortSignal): Promise<string | undefined>;
  /** Asks without showing what is typed. Undefined when the person cancels. */
  askSecret(message: string): Promise<string | undefined>;
  /** Asks yes or no; cancelling is no. */
  confirm(message: string): Promise<boolean>;
  /** Puts the text on the clipboard. False where there is none. */
  copy(text: string): Promise<boolean>;
  /** Lets the person change the text in their editor (VISUAL, EDITOR), in a file of this name. Undefined where there is none, or it ended badly. */
  edit(text: string, fileName: string): Promise<string | undefined>;
  /** Opens the address in a browser. False where there is none. */
  openBrowser(url: string): Promise<boolean>;
  /** Tells of SIGINT and SIGTERM instead of dying of them, until the returned function is called. */
  onStop(listener: () => void): () => void;
}
