import type { Posting } from '../../src/services/jobs/model.ts';

/** A plausible posting; each number another one. What is given replaces what would stand there. */
export function aPosting(number = 1, more: Partial<Posting> = {}): Posting {
  const externalId = String(1_978_704_153_911_640_000n + BigInt(number));
  return {
    externalId,
    ciphertext: `~02${externalId}`,
    title: `Build a React dashboard, part ${number}`,
    description: 'We need an experienced developer for a dashboard with charts. Node.js on the server.',
    type: 'HOURLY',
    hourlyRate: { min: { amount: '30', currency: 'USD' }, max: { amount: '60', currency: 'USD' } },
    experienceLevel: 'INTERMEDIATE',
    workload: 'LESS_THAN_30_HOURS',
    duration: 'ONE_TO_3_MONTHS',
    categoryId: '531770282580668418',
    categoryLabel: 'Web, Mobile & Software Dev',
    subcategoryId: '531770282584862733',
    subcategoryLabel: 'Web Development',
    skills: ['React', 'TypeScript'],
    questions: [{ position: 0, text: 'What did you build before?', required: true }],
    client: {
      country: 'CA',
      city: 'Surrey',
      paymentVerified: true,
      rating: '4.85',
      reviewCount: 7,
      totalSpent: { amount: '2372.11', currency: 'USD' },
      hires: 4,
      jobsPosted: 6,
    },
    proposals: 12,
    interviewing: 1,
    state: 'OPEN',
    applied: false,
    postedAt: new Date('2026-10-01T11:30:00.000Z'),
    raw: '{"id":"1"}',
    ...more,
  };
}
