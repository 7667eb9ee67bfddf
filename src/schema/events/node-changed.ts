import type { NodeChange } from '../../services/events/model.ts';
import { builder } from '../builder.ts';
import { describedEnum } from '../described-enum.ts';
import { type Envelope, EventRef } from './event.ts';

export type NodeChanged = Envelope<'NODE_CHANGED'> & {
  readonly nodeId: string;
  readonly change: NodeChange;
  readonly changed: readonly string[];
};

const NodeChangeRef = describedEnum('NodeChange', 'What became of something.', {
  CREATED: 'It was made.',
  UPDATED: 'It was changed.',
  DELETED: 'It is gone.',
} satisfies Record<NodeChange, string>);

export const NodeChangedEventRef = builder.objectRef<NodeChanged>('NodeChangedEvent').implement({
  description:
    'Something of yours that no other event tells of was made, changed or deleted, by you or by another client: preferences, a saved search, a draft, the pause of scanning.',
  interfaces: [EventRef],
  fields: (t) => ({
    nodeId: t.exposeID('nodeId', { description: 'Its id, also when it is gone.' }),
    change: t.expose('change', { type: NodeChangeRef, description: 'What became of it.' }),
    changed: t.exposeStringList('changed', {
      description: 'Names of the fields that changed; empty where it was made or deleted.',
    }),
  }),
});
