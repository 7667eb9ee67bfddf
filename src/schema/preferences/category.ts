import type { CategoryNode } from '../../services/upwork/model.ts';
import { builder } from '../builder.ts';

type Category = Pick<CategoryNode, 'externalId' | 'label'> & Partial<Pick<CategoryNode, 'subcategories'>>;

export const JobCategoryRef = builder.objectRef<Category>('JobCategory');

JobCategoryRef.implement({
  description: "A category of the platform's tree.",
  fields: (t) => ({
    externalId: t.exposeString('externalId', { description: "The platform's id." }),
    label: t.exposeString('label', { description: 'Its name, as `JobCriteria.categories` takes it.' }),
    subcategories: t.field({
      type: [JobCategoryRef],
      description: 'What it is divided into; none for a subcategory.',
      resolve: ({ subcategories }) => subcategories ?? [],
    }),
  }),
});
