// Names that no list knows, and words that the tagger never met: as they are in texts of the world.
import { Flag } from '../../dist/redaction/engine/names/tagger/gazetteer.js';
import { beginOf, insideOf, OUTSIDE, TAGGED_TYPES } from '../../dist/redaction/engine/names/tagger/labels.js';
import { Shape } from '../../dist/redaction/engine/names/tagger/tokens.js';

const NAME_FLAGS = Flag.First | Flag.Last | Flag.City;
/** Share of names that lists do not know, and of words that the tagger has not met: so much as in texts of the world. */
const UNLISTED = 0.35;
const UNKNOWN = 0.6;
/** Share of other words that are strangers, so that no sentence is learnt by heart. */
const BLURRED = 0.15;
/** Countries and nationalities are few: hardly any is unknown. */
const CLOSED = Flag.Country | Flag.Group | Flag.Title;
const UNKNOWN_CLOSED = 0.1;

/** Labels of the tokens of a text. */
function labelsOf(tokens, spans) {
  const labels = new Uint8Array(tokens.count);
  let token = 0;
  for (const { type, start, end } of spans) {
    const kind = TAGGED_TYPES.indexOf(type);
    while (token < tokens.count && tokens.ends[token] <= start) token++;
    for (let first = true; token < tokens.count && tokens.starts[token] < end; token++) {
      labels[token] = first ? beginOf(kind) : insideOf(kind);
      first = false;
    }
  }
  return labels;
}

/** Makes some names strangers to the lists, and some words to the tagger. */
function estrange(tokens, labels, random) {
  for (let i = 0; i < tokens.count; i++) {
    const label = labels[i];
    if (label === OUTSIDE) {
      if (tokens.shapes[i] < Shape.Digits && random.next() < BLURRED) tokens.words[i] = random.below(2 ** 31);
      continue;
    }
    if (tokens.flags[i] & CLOSED) {
      if (random.next() < UNKNOWN_CLOSED) tokens.words[i] = random.below(2 ** 31);
      continue;
    }
    if (tokens.flags[i] & NAME_FLAGS && random.next() < UNLISTED) tokens.flags[i] &= ~NAME_FLAGS;
    if (
      tokens.shapes[i] < Shape.Digits &&
      !(tokens.flags[i] & ~(NAME_FLAGS | Flag.Common)) &&
      random.next() < UNKNOWN
    )
      tokens.words[i] = random.below(2 ** 31);
  }
}

/** Labels of the tokens, of whose words and flags some are changed. */
export function estranged(tokens, spans, random) {
  const labels = labelsOf(tokens, spans);
  estrange(tokens, labels, random);
  return labels;
}
