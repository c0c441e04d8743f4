import type { FindsIn } from '../engine/analysis.js';
import { findingConfidence } from '../engine/confidence.js';
import { tooManyFindings } from '../engine/engine-error.js';
import { type Finding, MOST_FINDINGS, type Value } from '../engine/finding.js';
import { SearchTerms, type Stretch } from './search-terms.js';

/** The type of what a policy's search terms find. */
export const SEARCH_TERM = 'SEARCH_TERM';

const EXPLANATION = { recognizer: 'search-term', rule: 'literal', baseScore: 1 };

/**
 * Finds what another detector finds, and the search terms of a policy. Where both overlap, the whole of it is one
 * finding, of the type of the longer part.
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
    return terms.length === 0 ? findings : joinOverlaps([...findings, ...terms.map(termFinding)]);
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

/**
 * Spans in order, those that overlap joined: the union is one span, and all else of it is that of its longest member, the
 * first among equals.
 */
export function joinOverlaps<T extends Stretch>(spans: readonly T[]): T[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  const joined: T[] = [];
  let longest = 0;
  for (const span of sorted) {
    const last = joined.at(-1);
    const length = span.end - span.start;
    if (last === undefined || span.start >= last.end) {
      joined.push(span);
      longest = length;
      continue;
    }
    const main = length > longest ? span : last;
    longest = Math.max(longest, length);
    joined[joined.length - 1] = { ...main, start: last.start, end: Math.max(last.end, span.end) };
  }
  return joined;
}
