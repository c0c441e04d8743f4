import type { FindsIn } from '../../engine/analysis.js';
import type { Finding, Value } from '../../engine/finding.js';
import type { FoundValue } from '../../engine/occurrences/further-occurrences.js';
import { shownConfidence } from '../document-detector.js';

/** Remembers what another detector has found, each value once. */
export class ListeningDetector implements FindsIn {
  readonly #found = new Map<string, FoundValue>();

  constructor(private readonly inner: FindsIn) {}

  get found(): Iterable<FoundValue> {
    return this.#found.values();
  }

  /** @throws what the inner detector throws */
  *find(value: Value): Generator<void, Finding[]> {
    const findings = yield* this.inner.find(value);
    for (const finding of findings) {
      const text = value.text.slice(finding.start, finding.end);
      if (this.#found.has(text)) continue;
      this.#found.set(text, { type: finding.type, text, confidence: shownConfidence(finding) });
    }
    return findings;
  }
}
