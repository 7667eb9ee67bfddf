import type { ContractOrder, ContractStatus, MilestoneStatus } from '../../services/contracts/model.ts';
import { describedEnum } from '../described-enum.ts';

export const ContractStatusRef = describedEnum('ContractStatus', 'Where a contract stands.', {
  ACTIVE: 'It runs.',
  PAUSED: 'It rests.',
  ENDED: 'It is over.',
  UNKNOWN: 'The platform did not say.',
} satisfies Record<ContractStatus, string>);

export const MilestoneStatusRef = describedEnum('MilestoneStatus', 'Where a milestone stands.', {
  NOT_FUNDED: 'The client has not put the money aside.',
  FUNDED: 'The money is set aside.',
  SUBMITTED: 'The work was handed in.',
  CHANGES_REQUESTED: 'The client wants changes.',
  PAID: 'It was paid.',
  CANCELLED: 'It was called off.',
  UNKNOWN: 'The platform did not say.',
} satisfies Record<MilestoneStatus, string>);

export const ContractOrderFieldRef = describedEnum('ContractOrderField', 'What contracts can be ordered by.', {
  STARTED_AT: 'When they began.',
  UPDATED_AT: 'When they last changed.',
  EARNED: 'What was paid.',
} satisfies Record<ContractOrder['field'], string>);
