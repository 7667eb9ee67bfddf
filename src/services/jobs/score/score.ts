import { defaultScoreWeights, type JobCriteria, type MatchScore, type ScoreWeights } from '../model.ts';
import {
  budgetShare,
  clientShare,
  competitionShare,
  type ScoredFacts,
  type Share,
  skillsShare,
  timingShare,
  wishesOf,
} from './score-factors.ts';

/**
 * How well a job fits the person's own criteria: 0–100, the same for the same job, criteria and instant. Each factor
 * gives up to its weight, whole points; the points add up to the value exactly. What is not known, or not asked for,
 * gives half of its points and says so. It orders and explains; only a minimum set by the person filters by it.
 */
export function createScore(weights: ScoreWeights = defaultScoreWeights) {
  const points = toHundred(weights);
  return (criteria: JobCriteria) => {
    const wishes = wishesOf(criteria);
    return (facts: ScoredFacts, now: Date): MatchScore => {
      const factors = [
        toFactor('skills', points.skills, skillsShare(facts, wishes)),
        toFactor('budget', points.budget, budgetShare(facts, criteria)),
        toFactor('client', points.client, clientShare(facts, criteria)),
        toFactor('competition', points.competition, competitionShare(facts, criteria)),
        toFactor('timing', points.timing, timingShare(facts, criteria, now)),
      ];
      return { value: factors.reduce((sum, factor) => sum + factor.points, 0), factors, computedAt: now };
    };
  };
}

function toFactor(name: string, weight: number, { share, explanation }: Share) {
  return share === undefined
    ? { name, points: Math.round(weight / 2), explanation: `${explanation} Counts half.` }
    : { name, points: Math.round(weight * share), explanation };
}

/**
 * Whole weights that add up to 100, in the proportions given (largest remainders first); the default where none is
 * above 0.
 */
function toHundred(weights: ScoreWeights): ScoreWeights {
  const total = Object.values(weights).reduce((sum: number, weight: number) => sum + Math.max(0, weight), 0);
  if (!Number.isFinite(total) || total <= 0) return defaultScoreWeights;
  const exact = (Object.entries(weights) as [keyof ScoreWeights, number][]).map(([name, weight]) => {
    const value = (Math.max(0, weight) * 100) / total;
    return { name, whole: Math.floor(value), rest: value - Math.floor(value) };
  });
  const left = 100 - exact.reduce((sum, { whole }) => sum + whole, 0);
  const rounded = [...exact].sort((a, b) => b.rest - a.rest).slice(0, left);
  return Object.fromEntries(
    exact.map((entry) => [entry.name, entry.whole + (rounded.includes(entry) ? 1 : 0)]),
  ) as unknown as ScoreWeights;
}
