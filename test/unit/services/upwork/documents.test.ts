import { parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '../../../../sandbox/graphql/schema.ts';
import { identityDocuments } from '../../../../src/services/upwork/calls/identity.ts';
import { probeDocuments } from '../../../../src/services/upwork/calls/probes.ts';
import { categoriesDocument } from '../../../../src/services/upwork/client.ts';
import {
  searchDetails,
  searchDocument,
  searchWithout,
} from '../../../../src/services/upwork/search/search-document.ts';

const documents = [
  categoriesDocument,
  ...identityDocuments,
  ...Object.values(probeDocuments),
  ...searchDetails.map(searchDocument),
];

it.each(documents)('Prospector sends only what the documented API has: %s', (document) => {
  expect(validate(schema, parse(document))).toEqual([]);
});

it('Prospector knows which fields of the search it can do without, and that it cannot do without the rest', () => {
  const questions = ['MarketplaceProposalRequirements.screeningQuestions', 'MarketplaceQuestion.question'];
  expect(searchWithout(questions)).toBe('without_questions');
  expect(searchWithout([...questions, 'MarketplaceJobPosting.contractTerms'])).toBe('without_job');
  expect(searchWithout(['MarketplaceJobPostingSearchResult.job'])).toBe('without_job');
  expect(searchWithout(['MarketplaceJobPostingSearchResult.title'])).toBeUndefined();
  expect(searchWithout([...questions, 'Money.rawValue'])).toBeUndefined();
  expect(searchWithout([])).toBeUndefined();
});
