import type { ScanDiagnosis, ScanDropReason, ScanFunnelStep, ScanSuggestion } from '../../services/scanner/model.ts';
import { builder } from '../builder.ts';
import { NextActionRef } from '../connection/next-action.ts';
import { ScanVerdictRef } from './scan-enums.ts';

export const ScanDropReasonRef = builder.objectRef<ScanDropReason>('ScanDropReason').implement({
  description: 'What one criterion dropped.',
  fields: (t) => ({
    criterion: t.exposeString('criterion', { description: 'Its name, as in `JobCriteria`.' }),
    dropped: t.exposeInt('dropped', { description: 'How many postings it dropped.' }),
  }),
});

export const ScanFunnelStepRef = builder.objectRef<ScanFunnelStep>('ScanFunnelStep').implement({
  description: 'One step from all that was received to what is new.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What the step is called.' }),
    description: t.exposeString('description', { description: 'What it does.' }),
    input: t.exposeInt('input', { description: 'How many postings went in.' }),
    output: t.exposeInt('output', { description: 'How many came out.' }),
    reasons: t.expose('reasons', {
      type: [ScanDropReasonRef],
      description: 'Criteria that dropped the most, with a few of the postings they dropped.',
    }),
  }),
});

export const ScanSuggestionRef = builder.objectRef<ScanSuggestion>('ScanSuggestion').implement({
  description: 'What could be changed.',
  fields: (t) => ({
    message: t.exposeString('message', { description: 'For people.' }),
    estimatedGain: t.exposeInt('estimatedGain', {
      nullable: true,
      description: 'Additional matches among the jobs whose content is kept, had this been set.',
    }),
    patch: t.expose('patch', {
      type: 'JSONObject',
      nullable: true,
      description:
        'Send as `updateScanPreferences(input: {criteria: …})`, or as `criteria` of the saved search that was asked about.',
    }),
  }),
});

export const ScanDiagnosisRef = builder.objectRef<ScanDiagnosis>('ScanDiagnosis').implement({
  description: 'Why a scan found what it found; most useful when it found nothing.',
  fields: (t) => ({
    verdict: t.expose('verdict', { type: ScanVerdictRef, description: 'The reason, in a word.' }),
    summary: t.exposeString('summary', { description: 'The reason, in a sentence.' }),
    funnel: t.expose('funnel', { type: [ScanFunnelStepRef], description: 'Where the postings went, step by step.' }),
    suggestions: t.expose('suggestions', { type: [ScanSuggestionRef], description: 'What would find more.' }),
    nextAction: t.expose('nextAction', { type: NextActionRef, description: 'What to do now.' }),
  }),
});
