import type { Money, MoneyRange } from '../../services/jobs/model.ts';
import { builder } from '../builder.ts';
import { createMoneyFormat } from './format-money.ts';

const formatMoney = createMoneyFormat();

export const MoneyRef = builder.objectRef<Money>('Money').implement({
  description: 'An amount with its currency.',
  fields: (t) => ({
    amount: t.expose('amount', { type: 'Decimal', description: 'The exact amount.' }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'What it is counted in.' }),
    formatted: t.string({
      description: 'Ready to show, e.g. `$1,250.50`.',
      args: {
        locale: t.arg.string({
          defaultValue: 'en-US',
          description: 'BCP 47 language tag to write it for, e.g. `de-DE`.',
        }),
      },
      resolve: (money, { locale }) => formatMoney(money, locale ?? 'en-US'),
    }),
  }),
});

export const MoneyRangeRef = builder.objectRef<MoneyRange>('MoneyRange').implement({
  description: 'A range of amounts. Null does not bound.',
  fields: (t) => ({
    min: t.expose('min', { type: MoneyRef, nullable: true, description: 'At least this.' }),
    max: t.expose('max', { type: MoneyRef, nullable: true, description: 'At most this.' }),
  }),
});

export const MoneyRangeInputRef = builder.inputType('MoneyRangeInput', {
  description: 'A range of amounts in one currency. What is left out does not bound.',
  fields: (t) => ({
    min: t.field({ type: 'Decimal', description: 'At least this.' }),
    max: t.field({ type: 'Decimal', description: 'At most this.' }),
    currency: t.field({ type: 'CurrencyCode', defaultValue: 'USD', description: 'What both are counted in.' }),
  }),
});
