import type { RawVariables } from './raw-variables.js';
import type { ParsedVariable, RefusedVariable } from './variable-format.js';

const BLANK_OR_COMMENT = /^\s*(?:#|$)/;
const ASSIGNMENT = /^\s*([^\s=]+)=(.*)$/s;

const NO_ASSIGNMENT = {
  reason: 'NO_ASSIGNMENT',
  message:
    'Write the line as KEY=value without blanks in the name. A name alone would be taken from the surrounding process, which there is none here.',
};

/**
 * Reads what `docker run --env-file` reads, in its way: a value is the rest of the line after the first `=` as it stands, with
 * quotation marks, blanks and `#`. Only whole lines are comments.
 */
export function readDocker(text: string): RawVariables {
  const assignments: ParsedVariable[] = [];
  const refused: RefusedVariable[] = [];
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const content = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (BLANK_OR_COMMENT.test(content)) continue;
    const [, key, value] = ASSIGNMENT.exec(content) ?? [];
    if (key === undefined || value === undefined)
      refused.push({ key: null, line: index + 1, ...NO_ASSIGNMENT });
    else assignments.push({ key, value, line: index + 1 });
  }
  return { assignments, refused };
}
