import { commentLine } from '../dotenv/write-dotenv.js';
import { textOfLines } from './text-of-lines.js';
import type { UncarriedVariable, Variable, WriteOptions, WrittenVariables } from './variable-format.js';

/** Docker reads lines by Go's bufio.Scanner, whose buffer holds this many bytes, the line's end among them. */
const MAX_LINE_BYTES = 65_536;

const ELSEWHERE = 'Change it, or export as json, yaml or shell.';

function refusalOf({ key, value }: Variable): UncarriedVariable | undefined {
  if (/[\r\n]/.test(value)) {
    const message = `The value has several lines, and a line is all that docker run --env-file reads. ${ELSEWHERE}`;
    return { key, reason: 'VALUE_HAS_LINES', message };
  }
  if (Buffer.byteLength(`${key}=${value}\n`) <= MAX_LINE_BYTES) return undefined;
  const message = `Key and value are longer than the line that docker run --env-file reads. ${ELSEWHERE}`;
  return { key, reason: 'VALUE_TOO_LONG', message };
}

/** The file of `docker run --env-file`: values as they are, without any quoting. */
export function writeDocker(variables: readonly Variable[], { header }: WriteOptions): WrittenVariables {
  const refused = variables.map(refusalOf).filter((refusal) => refusal !== undefined);
  return textOfLines(
    [...header.map(commentLine), ...variables.map(({ key, value }) => `${key}=${value}`)],
    refused,
  );
}
