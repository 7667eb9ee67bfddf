/** One event of a `text/event-stream`. */
export interface StreamedEvent {
  readonly id?: string;
  readonly event?: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read into events of every shape
  readonly data?: any;
}

/** Reads a stream event by event; comments are counted, not given. */
export function readEvents(response: Response) {
  const reader = (response.body ?? expectBody()).pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  let comments = 0;
  return {
    /** The next event, or undefined at the end of the stream. */
    next: async (): Promise<StreamedEvent | undefined> => {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end >= 0) {
          const block = text.slice(0, end);
          text = text.slice(end + 2);
          if (!block.startsWith(':')) return parse(block);
          comments += 1;
          continue;
        }
        const { done, value } = await reader.read();
        if (done) return undefined;
        text += value;
      }
    },
    comments: () => comments,
    end: () => reader.cancel(),
  };
}

function parse(block: string): StreamedEvent {
  const fields = Object.fromEntries(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { ...fields, ...(fields['data'] && { data: JSON.parse(fields['data']) }) };
}

function expectBody(): never {
  throw new Error('The response has no body.');
}
