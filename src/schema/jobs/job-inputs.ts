import { builder } from '../builder.ts';
import { JobTriageRef } from './job-enums.ts';

export const UpdateJobInputRef = builder.inputType('UpdateJobInput', {
  description: 'What is yours to change of a job. Fields left out are unchanged; `null` clears.',
  fields: (t) => ({
    jobId: t.id({ required: true, description: 'Which job.' }),
    triage: t.field({ type: JobTriageRef, description: 'What you decided.' }),
    notes: t.string({ description: 'Your notes.' }),
    tags: t.stringList({ description: 'Your tags, all of them.' }),
  }),
});

export const TriageJobsInputRef = builder.inputType('TriageJobsInput', {
  description: 'One decision about many jobs.',
  fields: (t) => ({
    jobIds: t.idList({ required: true, description: 'Which jobs.' }),
    triage: t.field({ type: JobTriageRef, required: true, description: 'What you decided.' }),
  }),
});
