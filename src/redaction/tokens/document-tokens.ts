import type { StructuredDocument } from '../engine/structure/structured-document.js';
import type { Restorer } from './token-restorer.js';
import { sightTokens } from './token-sighting.js';

/** Fields looked at between two chances to give way. */
const FIELDS_PER_TURN = 1_000;

/** Notes the codes of a text that may be tokens. */
export function* collectCodes(text: string, codes: Set<string>): Generator<void, void> {
  for (const batch of sightTokens(text)) {
    for (const { code } of batch) if (code !== undefined) codes.add(code);
    yield;
  }
}

/** The codes of all that may be tokens in a document. */
export function* codesIn(document: StructuredDocument<unknown>): Generator<void, Set<string>> {
  const codes = new Set<string>();
  let fields = 0;
  for (const { value } of document.fields()) {
    if (value.text !== '') yield* collectCodes(value.text, codes);
    if (++fields % FIELDS_PER_TURN === 0) yield;
  }
  return codes;
}

/** The fields that have tokens, restored, by their index. @throws RestoredTooLargeError */
export function* restoredFields(
  document: StructuredDocument<unknown>,
  restorer: Restorer,
): Generator<void, Map<number, string>> {
  const texts = new Map<number, string>();
  let index = 0;
  for (const { value } of document.fields()) {
    const restored = yield* restorer.restore(value.text);
    if (restored !== undefined) texts.set(index, restored);
    index++;
  }
  return texts;
}
