import type { ScanOrder, ScanPhase, ScanStatus, ScanTrigger, ScanVerdict } from '../../services/scanner/model.ts';
import { describedEnum } from '../described-enum.ts';

export const ScanTriggerRef = describedEnum('ScanTrigger', 'Why a scan was started.', {
  SCHEDULE: 'It was time.',
  MANUAL: 'Somebody asked for it.',
  CATCH_UP: 'Time was missed, by sleep or downtime.',
  CONNECTED: 'The platform was just connected.',
} satisfies Record<ScanTrigger, string>);

export const ScanStatusRef = describedEnum('ScanStatus', 'Where a scan stands, or how it ended.', {
  QUEUED: 'It waits.',
  RUNNING: 'It runs.',
  SUCCEEDED: 'All of it was done.',
  PARTIAL: 'Some of it was done; see `incident`.',
  FAILED: 'Nothing was done; see `incident`.',
  CANCELLED: 'Somebody stopped it.',
  SKIPPED: 'It was due and did not start; see `diagnosis`.',
  INTERRUPTED: 'Prospector stopped while it ran.',
} satisfies Record<ScanStatus, string>);

export const ScanPhaseRef = describedEnum('ScanPhase', 'What a scan is doing.', {
  AUTHENTICATING: 'Getting a token.',
  FETCHING: 'Asking the platform for postings.',
  DEDUPLICATING: 'Finding out which are known.',
  FILTERING: 'Applying the criteria.',
  SCORING: 'Scoring what is left.',
  STORING: 'Writing it down.',
  NOTIFYING: 'Telling who asked to be told.',
  DONE: 'Nothing any more.',
} satisfies Record<ScanPhase, string>);

export const ScanVerdictRef = describedEnum('ScanVerdict', 'Why a scan found what it found.', {
  HEALTHY: 'It found new jobs.',
  PARTLY_READ: 'It found new jobs, and some of the postings, or a part of the list, could not be read.',
  NO_NEW_POSTINGS: 'The platform had nothing new.',
  ALL_DUPLICATES: 'All it found was known.',
  ALL_FILTERED: 'All it found was dropped by the criteria.',
  UPSTREAM_EMPTY: 'The platform answered with nothing at all.',
  UPSTREAM_FAILED: 'The platform failed.',
  AUTH_FAILED: 'The connection does not work.',
  RATE_LIMITED: 'No request was allowed.',
  NOT_RUN: 'No scan has run.',
} satisfies Record<ScanVerdict, string>);

export const ScanOrderFieldRef = describedEnum('ScanOrderField', 'What scans can be ordered by.', {
  QUEUED_AT: 'When they were queued.',
  DURATION: 'How long they took.',
  NEW_COUNT: 'How many new jobs they found.',
} satisfies Record<ScanOrder['field'], string>);
