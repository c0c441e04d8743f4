import { formatOf } from '../formats/format-of.js';
import { parseVariables } from '../formats/parse-variables.js';
import type { ParsedVariables, VariableFormat } from '../formats/variable-format.js';
import { MOST_VARIABLES, secretsError } from '../secrets.errors.js';

/** A file of variables as somebody sent it. */
export interface ImportSource {
  readonly text: string;
  readonly format: VariableFormat | 'auto';
  /** Tells the format where that is `auto`. */
  readonly fileName?: string | undefined;
}

/** The same, read. */
export interface ImportFile extends ParsedVariables {
  readonly format: VariableFormat;
}

/** Most lines: as many as the largest file has whose lines are of ordinary length. Each costs time, whatever it holds. */
const MOST_LINES = 200_000;

/**
 * Reads a file before the transaction that imports it. What is wrong with single variables is in `refused`.
 * @throws AppError TOO_MANY_VARIABLES, IMPORT_REFUSED for a file of too many lines
 */
export function readImport({ text, format, fileName }: ImportSource): ImportFile {
  if (linesOf(text) > MOST_LINES) throw tooManyLines();
  const settled = format === 'auto' ? formatOf(fileName, text) : format;
  const parsed = parseVariables(text, settled);
  if (parsed.variables.length > MOST_VARIABLES) throw secretsError('TOO_MANY_VARIABLES');
  return { ...parsed, format: settled };
}

function linesOf(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

const tooManyLines = () =>
  secretsError('IMPORT_REFUSED', {
    message: `The file has more than ${MOST_LINES} lines. Import it in parts.`,
    details: { field: 'data', constraint: 'maxLines' },
  });
