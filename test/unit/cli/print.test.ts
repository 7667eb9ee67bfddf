import { describe, expect, it } from 'vitest';
import { parseSince } from '../../../src/cli/options/parse-options.ts';
import { clean, cleanBlock, table, toJson } from '../../../src/cli/print.ts';

const hostile = 'a\u0000\u0007\u001b]0;x\u0007b\u007fc\u009b31md\u202ee\u2066f\u2028g\u200fh';

describe("Prospector's command line", () => {
  it('prints no control and no bidi character of foreign text, on one line', () => {
    expect(clean(`${hostile}\r\n\ti `)).toBe('a]0;xbc31mdefgh i');
  });

  it('keeps the line ends of a description and nothing else that is not text', () => {
    expect(cleanBlock(`one\r\n${hostile}\n\n\n\ntwo\tthree\rfour`)).toBe('one\na]0;xbc31mdefgh\n\ntwo three\nfour');
  });

  it('loses nothing in JSON, and prints it without these characters too', () => {
    const text = toJson({ hostile });
    expect(JSON.parse(text)).toEqual({ hostile });
    expect(text).toMatch(/^[\x20-\x7e]+$/);
  });

  it('lines up columns', () => {
    expect(
      table(
        ['A', 'TITLE'],
        [
          ['12345', 'x\ny'],
          ['1', ''],
        ],
      ),
    ).toBe('A      TITLE\n12345  x y\n1');
  });

  it('takes a length as the time since', () => {
    expect(['24h', '7d', '1d12h', '90m', 'P1D', '-PT1H', '2026-05-24T12:00:00Z'].map(parseSince)).toEqual([
      '-PT24H',
      '-P7D',
      '-P1DT12H',
      '-PT90M',
      '-P1D',
      '-PT1H',
      '2026-05-24T12:00:00Z',
    ]);
    expect(() => parseSince('yesterday')).toThrow('Expected a length such as 24h or 7d');
    expect(() => parseSince('7')).toThrow('Expected a length such as 24h or 7d');
  });
});
