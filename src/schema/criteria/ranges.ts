import { builder } from '../builder.ts';

export const IntRangeInputRef = builder.inputType('IntRangeInput', {
  description: 'A range of whole numbers. What is left out does not bound.',
  fields: (t) => ({
    min: t.int({ description: 'At least this.' }),
    max: t.int({ description: 'At most this.' }),
  }),
});

export const DateTimeRangeInputRef = builder.inputType('DateTimeRangeInput', {
  description: 'A stretch of time, half open. What is left out does not bound.',
  fields: (t) => ({
    gte: t.field({ type: 'DateTimeOrDuration', description: 'At or after this moment.' }),
    lt: t.field({ type: 'DateTimeOrDuration', description: 'Before this moment.' }),
  }),
});
