import type { Contract, Earnings, Milestone } from '../../services/contracts/model.ts';
import { builder } from '../builder.ts';
import { PlatformRef, platform } from '../connection/platform.ts';
import { JobTypeRef } from '../criteria/criteria-enums.ts';
import { JobClientRef } from '../jobs/job-client.ts';
import { MoneyRef } from '../scalars/money.ts';
import { ContractStatusRef, MilestoneStatusRef } from './contract-enums.ts';

const EarningsRef = builder.objectRef<Earnings>('Earnings').implement({
  description: 'Summed from the milestones Upwork shows; null where the key may not read them.',
  fields: (t) => ({
    funded: t.expose('funded', { type: MoneyRef, description: 'Set aside or paid.' }),
    paid: t.expose('paid', { type: MoneyRef, description: 'Paid.' }),
    remaining: t.expose('remaining', { type: MoneyRef, description: 'Agreed and not paid.' }),
  }),
});

export const MilestoneRef = builder.objectRef<Milestone>('Milestone').implement({
  description: 'A part of a fixed-price contract.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Stable id, `milestone_…`.' }),
    externalId: t.exposeString('externalId', { nullable: true, description: "The platform's id." }),
    title: t.exposeString('title', { description: 'What is delivered.' }),
    amount: t.expose('amount', { type: MoneyRef, description: 'What it pays.' }),
    status: t.expose('status', { type: MilestoneStatusRef, description: 'Where it stands.' }),
    dueOn: t.expose('dueOn', { type: 'Date', nullable: true, description: 'When it is due.' }),
    overdue: t.exposeBoolean('overdue', { description: 'Whether that day has passed with the work not handed in.' }),
    paidAt: t.expose('paidAt', { type: 'DateTime', nullable: true, description: 'When it was paid.' }),
  }),
});

export const ContractRef = builder.objectRef<Contract>('Contract').implement({
  description: 'A contract as the platform shows it to this key.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Stable id, `contract_…`.' }),
    platform: t.field({ type: PlatformRef, description: 'Where it was made.', resolve: () => platform }),
    externalId: t.exposeString('externalId', { description: "The platform's id." }),
    title: t.exposeString('title', { description: 'What it is called.' }),
    status: t.expose('status', { type: ContractStatusRef, description: 'Where it stands.' }),
    type: t.expose('type', { type: JobTypeRef, description: 'How it is paid.' }),
    client: t.expose('client', { type: JobClientRef, description: 'Whom it is with.' }),
    rate: t.expose('rate', { type: MoneyRef, nullable: true, description: 'What an hour pays, or the whole.' }),
    weeklyLimit: t.expose('weeklyLimit', {
      type: 'Decimal',
      nullable: true,
      description: 'Hours that may be billed a week.',
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When it began.' }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended; null while it has not.',
    }),
    earnings: t.expose('earnings', {
      type: EarningsRef,
      nullable: true,
      description: 'Summed from the milestones; null for hourly contracts, and where the key may not read them.',
    }),
    milestones: t.field({
      type: [MilestoneRef],
      description: 'Its parts, in order; none for hourly contracts.',
      resolve: ({ milestones }) => [...milestones],
    }),
    syncedAt: t.expose('syncedAt', { type: 'DateTime', description: 'When it was last read from the platform.' }),
  }),
});
