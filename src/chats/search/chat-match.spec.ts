import { EngineCooperation } from '../../redaction/index.js';
import { ChatMatch } from './chat-match.js';
import { folded } from './folding.js';

function matchOf(terms: string[], texts: string[]): ChatMatch {
  const match = new ChatMatch(terms);
  for (const [at, text] of texts.entries())
    match.add(at === 0 ? null : `msg_${at}`, text, EngineCooperation.runToEnd(folded(text)));
  return match;
}

describe('what a chat has of a query', () => {
  it('is all of it only when every term occurs, wherever', () => {
    expect(matchOf(['brake', 'civic'], ['Brakes', 'of a Civic']).isComplete).toBe(true);
    expect(matchOf(['brake', 'civic'], ['Brakes', 'of a car']).isComplete).toBe(false);
    expect(matchOf(['honda civic'], ['Honda', 'Civic']).isComplete).toBe(false);
  });

  it('shows at most three passages, first those with terms that none before had', () => {
    const { snippets } = matchOf(['a', 'z'], ['a', 'a', 'a', 'a', 'z']);
    expect(snippets.map(({ messageId }) => messageId)).toEqual([null, 'msg_4', 'msg_1']);
  });

  it('is settled once nothing could change', () => {
    expect(matchOf(['a'], ['a', 'a']).isSettled).toBe(false);
    expect(matchOf(['a'], ['a', 'a', 'a']).isSettled).toBe(true);
    expect(matchOf(['a', 'z'], ['a', 'a', 'a', 'a']).isSettled).toBe(false);
  });
});
