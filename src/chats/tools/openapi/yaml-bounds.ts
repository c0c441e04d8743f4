import { CST, Lexer } from 'yaml';

/** An OpenAPI document of 192 KiB has about half as many; what the parser does with more takes long. */
const MOST_TOKENS = 80_000;
/** Brackets within brackets, and indicators in one line, each of which is a level. */
const DEEPEST = 60;

const OPENINGS = new Set(['flow-map-start', 'flow-seq-start']);
const CLOSINGS = new Set(['flow-map-end', 'flow-seq-end']);
const INDICATORS = new Set(['seq-item-ind', 'explicit-key-ind', 'map-value-ind']);

/** Whether YAML is worth parsing: looks at its tokens alone, in linear time, where the parser would call itself and look back. */
export function isWithinYamlBounds(text: string): boolean {
  let tokens = 0;
  let brackets = 0;
  let indicators = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    const type = isScalar ? 'scalar' : CST.tokenType(token);
    // The lexer announces the text of a scalar by a mark of its own.
    isScalar = token === CST.SCALAR;
    if (type === 'newline' || type === null) indicators = 0;
    else if (OPENINGS.has(type)) brackets += 1;
    else if (CLOSINGS.has(type)) brackets -= 1;
    else if (INDICATORS.has(type) && brackets === 0) indicators += 1;
    tokens += 1;
    if (tokens > MOST_TOKENS || brackets > DEEPEST || indicators > DEEPEST) return false;
  }
  return true;
}
