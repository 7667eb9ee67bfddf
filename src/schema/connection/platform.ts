import { describedEnum } from '../described-enum.ts';

export const PlatformRef = describedEnum('Platform', 'Where postings come from.', { UPWORK: 'Upwork.' });

/** The only platform there is. */
export const platform = 'UPWORK' as const;
