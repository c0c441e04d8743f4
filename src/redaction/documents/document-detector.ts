import type { FindsIn } from '../engine/analysis.js';
import { findingConfidence } from '../engine/confidence.js';
import { tooManyFindings } from '../engine/engine-error.js';
import { type Finding, MOST_FINDINGS, type Value } from '../engine/finding.js';
import { joinOverlaps, type Stretch } from '../engine/occurrences/stretch.js';
import { SearchTerms } from './search-terms.js';

/** The type of what a policy's search terms find. */
export const SEARCH_TERM = 'SEARCH_TERM';

const EXPLANATION = { recognizer: 'search-term', rule: 'literal', baseScore: 1 };

/**
 * Finds what another detector finds, and the search terms of a policy. Where both overlap, the whole of it is one
 * finding, of the type of the longer part, or of the term's.
 */
export class DocumentDetector implements FindsIn {
  readonly #terms: SearchTerms;

  constructor(
    private readonly inner: FindsIn,
    searchTerms: readonly string[],
  ) {
    this.#terms = new SearchTerms(searchTerms);
  }

  /** @throws what the inner detector throws; EngineInputError `TOO_MANY_FINDINGS` */
  *find(value: Value): Generator<void, Finding[]> {
    const findings = yield* this.inner.find(value);
    if (this.#terms.isEmpty) return findings;
    const terms = yield* this.#terms.find(value.text);
    if (findings.length + terms.length > MOST_FINDINGS) throw tooManyFindings();
    return terms.length === 0 ? findings : joinOverlaps([...terms.map(termFinding), ...findings]);
  }
}

/** As clients see it: 1 for a search term, which is certain by definition. */
export const shownConfidence = (finding: Pick<Finding, 'type' | 'score' | 'explanation'>): number =>
  finding.type === SEARCH_TERM ? 1 : findingConfidence(finding);

const termFinding = ({ start, end }: Stretch): Finding => ({
  type: SEARCH_TERM,
  start,
  end,
  score: 1,
  explanation: EXPLANATION,
});
