import { expect, it } from 'vitest';
import { createLogger, scrub } from '../../src/log.ts';

function capture(format: 'pretty' | 'json') {
  const lines: string[] = [];
  return {
    lines,
    log: createLogger({ level: 'trace', format, destination: { write: (line) => void lines.push(line) } }),
  };
}

const canaries = ['prs_canary0123456789', 'oauth2v2_canary0123', 'hvs.canary0123456789012345', 'canary-password'];

it('drops fields nobody allowed and rebuilds errors, so that no secret gets in', () => {
  const { lines, log } = capture('json');
  const error = Object.assign(new Error(`refused: Bearer ${canaries[0]}`), {
    config: { headers: { 'X-Vault-Token': canaries[2] }, data: canaries[3] },
    code: 'ECONNRESET',
  });
  log.info(
    {
      clientSecret: canaries[3],
      headers: { authorization: `Bearer ${canaries[0]}` },
      path: 'upwork/tokens',
      err: error,
    },
    `used ${canaries[1]} and client_secret=${canaries[3]}`,
  );
  const text = lines.join('');
  for (const canary of canaries) expect(text).not.toContain(canary);
  expect(JSON.parse(text)).toMatchObject({
    level: 'info',
    path: 'upwork/tokens',
    error: { name: 'Error', code: 'ECONNRESET', message: 'refused: Bearer [secret]' },
    msg: 'used [secret] and client_secret=[secret]',
  });
});

it('writes one readable line a message that no posting can break or colour', () => {
  const { lines, log } = capture('pretty');
  log.warn({ name: 'a\nb\u001b[31m\u202e' }, 'title\r\nINFO forged');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d WARN {2}title {2}INFO forged name=a b \[31m \n$/);
});

it('cuts what is too long', () => {
  expect(scrub('x'.repeat(5_000))).toHaveLength(1_001);
});
