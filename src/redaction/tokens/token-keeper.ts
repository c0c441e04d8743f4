import type { FindsIn } from '../engine/analysis.js';
import { isWord } from '../engine/characters.js';
import type { Finding, Value } from '../engine/finding.js';
import type { RejectionLog } from '../engine/rejection.js';
import { endsInType, sightTokens } from './token-sighting.js';

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds what another finder finds, outside of the tokens that have been issued: so tokens in a text that is processed
 * again stay as they are. What only looks like a token is searched like any text, or a secret could hide in its form.
 */
export class TokenKeeper implements FindsIn {
  readonly #finder: FindsIn;
  readonly #issued: ReadonlyMap<string, string>;

  /** @param issued types, as clients see them, by code in capitals */
  constructor(finder: FindsIn, issued: ReadonlyMap<string, string>) {
    this.#finder = finder;
    this.#issued = issued;
  }

  *find(value: Value, rejections?: RejectionLog): Generator<void, Finding[]> {
    const findings = yield* this.#finder.find(value, rejections);
    if (findings.length === 0) return findings;
    const tokens: Stretch[] = [];
    for (const batch of sightTokens(value.text)) {
      for (const { head, start, end, code } of batch) {
        const type = code === undefined ? undefined : this.#issued.get(code);
        if (type !== undefined && endsInType(head, type))
          tokens.push({ start: start - 1 - type.length, end });
      }
      yield;
    }
    return tokens.length === 0 ? findings : [...outside(value.text, findings, tokens)];
  }

  allows(text: string): boolean {
    return this.#finder.allows?.(text) ?? false;
  }
}

/** The parts of findings that lie outside of tokens, as long as they hold a letter or digit. Both come in order. */
function* outside(
  text: string,
  findings: readonly Finding[],
  tokens: readonly Stretch[],
): Generator<Finding> {
  let next = 0;
  for (const finding of findings) {
    while ((tokens[next]?.end ?? Number.POSITIVE_INFINITY) <= finding.start) next++;
    let start = finding.start;
    for (let at = next; start < finding.end; at++) {
      const token = tokens[at];
      const free = Math.min(token?.start ?? finding.end, finding.end);
      if (start === finding.start && free === finding.end) yield finding;
      else yield* trimmed(text, { ...finding, start, end: free });
      start = token === undefined ? finding.end : token.end;
    }
  }
}

function* trimmed(text: string, finding: Finding): Generator<Finding> {
  let { start, end } = finding;
  while (start < end && !isWord(text.charCodeAt(start))) start++;
  while (end > start && !isWord(text.charCodeAt(end - 1))) end--;
  if (start < end) yield { ...finding, start, end };
}
