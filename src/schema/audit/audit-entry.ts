import type { AuditEntry } from '../../services/audit/model.ts';
import { ActorKindRef, ActorRef } from '../access/access.ts';
import { builder } from '../builder.ts';
import { DateTimeRangeInputRef } from '../criteria/ranges.ts';

export const AuditEntryRef = builder.objectRef<AuditEntry>('AuditEntry').implement({
  description: 'Something that was done, and by whom. Entries are appended and never changed.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Stable id, `audit_…`.' }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it was done.' }),
    actor: t.expose('actor', { type: ActorRef, description: 'Who did it.' }),
    action: t.exposeString('action', { description: 'What was done: `noun.participle`, such as `token.created`.' }),
    outcome: t.exposeString('outcome', {
      description: '`done`, `done in part`, `refused`, `failed`, or what the action says of itself.',
    }),
    details: t.expose('details', {
      type: 'JSONObject',
      nullable: true,
      description: 'Which inputs were given, switches and codes. Secrets and tokens never appear.',
    }),
    requestId: t.exposeString('requestId', {
      nullable: true,
      description: 'The request that asked for it, as errors and the log name it; null where nobody asked.',
    }),
  }),
});

export const AuditFilterRef = builder.inputType('AuditFilter', {
  description: 'All set fields must hold.',
  fields: (t) => ({
    actions: t.stringList({ description: 'One of these actions.' }),
    actors: t.field({ type: [ActorKindRef], description: 'Done by one of these kinds of actor.' }),
    subjectId: t.id({ description: 'Done to what has this id.' }),
    occurredAt: t.field({ type: DateTimeRangeInputRef, description: 'Done in this stretch of time.' }),
  }),
});
