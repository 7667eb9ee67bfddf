import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Liquid } from 'liquidjs';
import { DomainError } from '../../failures/model.ts';
import type { Job } from '../../jobs/model.ts';
import { invalid } from './validation.ts';

const sizeAtMost = 64 * 1024;
const nameShape = /^[\p{L}\p{N}][\p{L}\p{N} _-]{0,99}$/u;

/** Cover letters in `templates/*.md` of the home, in Liquid: values and simple logic, no code, no other files. */
export interface Templates {
  /** Names without `.md`, sorted. */
  names(): readonly string[];
  /** @throws DomainError NOT_FOUND (with the names there are), VALIDATION (line and word) */
  render(name: string, values: TemplateValues): string;
}

/** What a template may use. */
export interface TemplateValues {
  readonly job: Readonly<Record<string, unknown>>;
  readonly client: Readonly<Record<string, unknown>>;
  readonly account: Readonly<Record<string, unknown>>;
}

/** The templates of a folder, which need not exist. */
export function createTemplates(folder: string): Templates {
  // Made at the first use: most starts never fill one in.
  let made: Liquid | undefined;
  const engine = (): Liquid => {
    made ??= new Liquid({
      strictVariables: true,
      strictFilters: true,
      ownPropertyOnly: true,
      // No file system: `include` and `render` find nothing.
      templates: {},
      parseLimit: sizeAtMost,
      renderLimit: 500,
      memoryLimit: 1_000_000,
    });
    return made;
  };
  const names = (): string[] => {
    try {
      return readdirSync(folder)
        .filter((file) => file.endsWith('.md'))
        .map((file) => file.slice(0, -3))
        .sort();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  };
  const read = (name: string): string => {
    const file = join(folder, `${name}.md`);
    if (!nameShape.test(name) || !names().includes(name))
      throw new DomainError({
        type: 'NotFoundError',
        code: 'NOT_FOUND',
        message: `There is no template "${name}". ${describe(names())}`,
        path: ['input', 'template'],
      });
    if (statSync(file).size > sizeAtMost)
      throw new DomainError(invalid(['template'], 'size', 'at most 64 KiB', undefined, `${name}.md is too large.`));
    return readFileSync(file, 'utf8');
  };
  return {
    names,
    render: (name, values) => {
      const text = read(name);
      try {
        return String(engine().parseAndRenderSync(text, values)).trim();
      } catch (error) {
        const [sentence = ''] = (error as Error).message.split('\n');
        throw new DomainError(
          invalid(
            ['template'],
            'template',
            `Liquid with these values: ${variables}`,
            undefined,
            `${name}.md cannot be filled in: ${sentence.replace(/, file:[^,]*/, '')}.`,
          ),
        );
      }
    },
  };
}

const variables =
  'job.title, job.description, job.category, job.skills, job.url, job.type, job.budget, job.duration, client.country, client.city, client.rating, client.hires, client.totalSpent, account.name';

const describe = (names: readonly string[]) =>
  names.length === 0
    ? 'The folder templates of the home holds none; put one there as a .md file.'
    : `There are: ${names.join(', ')}.`;

/** The values for one job. What Upwork withheld is an empty text, so that `{% if %}` and `default` can tell. */
export function templateValues(job: Job, accountName: string): TemplateValues {
  const { client } = job;
  const rate = [job.hourlyRate?.min?.amount, job.hourlyRate?.max?.amount].filter((part) => part !== undefined);
  return {
    job: {
      title: job.title,
      description: job.description,
      category: job.category ?? '',
      skills: job.skills,
      url: job.url,
      type: job.type === 'HOURLY' ? 'hourly' : job.type === 'FIXED_PRICE' ? 'fixed' : '',
      budget: job.fixedBudget?.amount ?? rate.join('–'),
      duration: job.duration?.toLowerCase().replaceAll('_', ' ') ?? '',
    },
    client: {
      country: client.country ?? '',
      city: client.city ?? '',
      rating: client.rating ?? '',
      hires: client.hires ?? '',
      totalSpent: client.totalSpent?.amount ?? '',
    },
    account: { name: accountName },
  };
}
