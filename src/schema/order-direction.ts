import { describedEnum } from './described-enum.ts';

export const OrderDirectionRef = describedEnum('OrderDirection', 'Which end of a list comes first.', {
  ASC: 'Smallest or oldest first.',
  DESC: 'Largest or newest first.',
});
