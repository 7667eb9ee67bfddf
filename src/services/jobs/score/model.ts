/** Why a job has its score: one factor, what it gave, and a sentence. */
export interface ScoreFactor {
  readonly name: string;
  readonly points: number;
  readonly explanation: string;
}

/** How much each factor counts, in relation to the others; at least 0. */
export interface ScoreWeights {
  readonly skills: number;
  readonly budget: number;
  readonly client: number;
  readonly competition: number;
  readonly timing: number;
}

export const defaultScoreWeights: ScoreWeights = { skills: 30, budget: 20, client: 25, competition: 15, timing: 10 };

export interface MatchScore {
  readonly value: number;
  readonly factors: readonly ScoreFactor[];
  readonly computedAt: Date;
}
