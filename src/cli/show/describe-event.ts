import type { LoggedEvent } from '../../client/operations/answers.ts';
import { clean, sentenceCase, withoutMilliseconds } from '../print.ts';
import { describeJobLine } from './describe-job.ts';

/** One entry of the log in one line: when, what, its cursor, and the subject. */
export function describeEvent(event: LoggedEvent): string {
  const head = `${withoutMilliseconds(event.occurredAt)}  ${clean(event.type)}  ${clean(event.cursor)}`;
  const subject = describeSubject(event);
  return subject ? `${head}  ${subject}` : head;
}

function describeSubject(event: LoggedEvent): string {
  if (event.job) return `${describeJobLine(event.job)}${event.changed ? ` (${clean(event.changed.join(', '))})` : ''}`;
  if (event.flow) return `${clean(event.flow.id)} ${sentenceCase(event.flow.status)}`;
  if (event.scan) return describeScanProgress(event);
  if (event.platformStatus) {
    const { status, message } = event.platformStatus;
    const before = event.previous ? `${sentenceCase(event.previous)} → ` : '';
    return `${before}${sentenceCase(status)}: ${clean(event.reasonMessage ?? message)}`;
  }
  return '';
}

function describeScanProgress({ scan, phase, percent, message }: LoggedEvent): string {
  const said = message ? `: ${clean(message)}` : '';
  return `${clean(scan?.id ?? '')} ${sentenceCase(phase ?? '')} ${percent ?? 0} %${said}`;
}
