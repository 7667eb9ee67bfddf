import { document } from './document.ts';
import type { ConfigurationPlan, Diagnosis, SearchPreview } from './filter-answers.ts';
import { jobSummaryFields, nextActionFields, noticeFields, warningFields } from './fragments.ts';

/** Documents that try filters out, ask why, and carry the configuration. */

export const previewSearch = document<
  { previewSearch: SearchPreview },
  { query?: string; criteria?: object; savedSearchId?: string; since: string }
>(
  `query PreviewSearch($query: String, $criteria: JobCriteriaInput, $savedSearchId: ID, $since: DateTimeOrDuration!) {
  previewSearch(query: $query, criteria: $criteria, savedSearchId: $savedSearchId, since: $since) {
    since matches matchesPerDay peakPerHour
    sample { ...JobSummaryFields }
    onlyBeforeCount onlyBefore { ...JobSummaryFields } onlyNowCount onlyNow { ...JobSummaryFields }
    funnel { name description input output reasons { criterion dropped } }
    suggestions { message estimatedGain patch }
  }
}`,
  jobSummaryFields,
);

export const whyNot = document<{ whyNot: Diagnosis }, { jobId: string; savedSearchId?: string }>(
  `query WhyNot($jobId: ID!, $savedSearchId: ID) {
  whyNot(jobId: $jobId, savedSearchId: $savedSearchId) {
    verdict summary
    funnel { name description input output reasons { criterion dropped } }
    suggestions { message estimatedGain patch }
    nextAction { ...NextActionFields }
  }
}`,
  nextActionFields,
);

export const exportConfiguration = document<{ exportConfiguration: string }>(
  'query ExportConfiguration { exportConfiguration }',
);

export const importConfiguration = document<
  { importConfiguration: ConfigurationPlan },
  { input: { yaml: string; dryRun: boolean } }
>(
  `mutation ImportConfiguration($input: ImportConfigurationInput!) {
  importConfiguration(input: $input) {
    changes { path before after } applied warnings { ...WarningFields } errors { ...ErrorFields }
  }
}`,
  warningFields,
  noticeFields,
);
