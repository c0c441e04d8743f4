import { textOfLines } from './text-of-lines.js';
import type { Variable, WrittenVariables } from './variable-format.js';

const INDENT = '  ';

/** One object of strings. JSON has no comments, so there is no header. */
export function writeJson(variables: readonly Variable[]): WrittenVariables {
  const members = variables.map(
    ({ key, value }) => `${INDENT}${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  return textOfLines([members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n}`]);
}
