import { expect, it } from 'vitest';
import { DomainError } from '../../../src/services/failures/model.ts';
import { ask } from './ask.ts';

const document = `mutation ($input: ImportConfigurationInput!) { importConfiguration(input: $input) {
  changes { path before after } applied warnings { code message } errors { code message path } } }`;

it('exports the configuration as text, and imports one only where told to: else it plans', async () => {
  const asked: unknown[] = [];
  const services = {
    configuration: {
      exportYaml: () => 'searches: []\n',
      importYaml: (input: object) => {
        asked.push(input);
        const changes = [{ path: 'platforms.upwork.skills', before: null, after: ['React', 2, true] }];
        return { changes, applied: true, warnings: [{ code: 'QUERY_TOO_BROAD' as const, message: 'Broad.' }] };
      },
    },
  };
  expect(await ask('{ exportConfiguration }', { services, scopes: ['READ'] })).toEqual({
    data: { exportConfiguration: 'searches: []\n' },
  });
  const variables = { input: { yaml: 'a: 1', dryRun: false } };
  expect(await ask(document, { services, scopes: ['ADMIN'], variables })).toEqual({
    data: {
      importConfiguration: {
        changes: [{ path: 'platforms.upwork.skills', before: null, after: ['React', 2, true] }],
        applied: true,
        warnings: [{ code: 'QUERY_TOO_BROAD', message: 'Broad.' }],
        errors: [],
      },
    },
  });
  await ask('mutation { importConfiguration(input: {yaml: "b: 1"}) { applied } }', { services });
  expect(asked).toEqual([
    { yaml: 'a: 1', dryRun: false },
    { yaml: 'b: 1', dryRun: true },
  ]);
});

it('gives every problem of a configuration as data, and takes none from whoever is no ADMIN', async () => {
  const problem = (message: string) =>
    ({ type: 'ValidationError', code: 'VALIDATION', message, path: ['input', 'yaml'], constraint: 'value' }) as const;
  const services = {
    configuration: {
      importYaml: () => {
        throw new DomainError([problem('Line 1: one.'), problem('Line 2: two.')]);
      },
    },
  };
  const variables = { input: { yaml: 'a: 1' } };
  expect(await ask(document, { services, variables })).toEqual({
    data: {
      importConfiguration: {
        changes: [],
        applied: false,
        warnings: [],
        errors: [
          { code: 'VALIDATION', message: 'Line 1: one.', path: ['input', 'yaml'] },
          { code: 'VALIDATION', message: 'Line 2: two.', path: ['input', 'yaml'] },
        ],
      },
    },
  });
  expect(await ask(document, { services, scopes: ['READ', 'WRITE'], variables })).toMatchObject({
    errors: [{ extensions: { code: 'FORBIDDEN' } }],
  });
});
