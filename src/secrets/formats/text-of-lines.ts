import type { UncarriedVariable, WrittenVariables } from './variable-format.js';

/** Lines with their ends, or nothing when something was refused. */
export const textOfLines = (
  lines: readonly string[],
  refused: UncarriedVariable[] = [],
): WrittenVariables => ({
  text: refused.length > 0 ? '' : lines.map((line) => `${line}\n`).join(''),
  refused,
});
