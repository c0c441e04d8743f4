import { CST, Lexer } from 'yaml';
import { type RawVariables, unreadable } from './raw-variables.js';

/** Several thousand variables; what the parser does with more would take seconds. */
const MAX_TOKENS = 50_000;
/** Lists, mappings and explicit keys: a flat mapping has none, a few are told by name. */
const MAX_NESTING = 100;

const TOO_LARGE =
  'This YAML is too large or too deep. Send one flat mapping, in several parts, or as json or dotenv.';
const FEATURE = 'Write the value itself: anchors, aliases and tags are not taken.';

const SPECIAL = new Set(['anchor', 'alias', 'tag']);
const NESTING = new Set([
  'flow-map-start',
  'flow-seq-start',
  'seq-item-ind',
  'explicit-key-ind',
  'doc-start',
]);

const linesOf = (text: string) => text.split('\n').length - 1;

/** Looks at the tokens alone, in linear time, and refuses what the parser should not be given. */
export function refusalBefore(text: string): RawVariables | undefined {
  let tokens = 0;
  let nesting = 0;
  let line = 1;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    const type = isScalar ? 'scalar' : CST.tokenType(token);
    // The lexer announces the text of a scalar by a mark of its own.
    isScalar = token === CST.SCALAR;
    if (type !== null && SPECIAL.has(type)) return unreadable('YAML_FEATURE_REFUSED', FEATURE, line);
    if (type !== null && NESTING.has(type)) nesting += 1;
    tokens += 1;
    if (tokens > MAX_TOKENS || nesting > MAX_NESTING) return unreadable('YAML_TOO_LARGE', TOO_LARGE, line);
    line += linesOf(token);
  }
  return undefined;
}
