import { quoted, type UncarriedReason } from './quoting.js';

const ELSEWHERE = 'Change it, or export as json, yaml or shell.';

const MESSAGES: Record<UncarriedReason, string> = {
  KEY_NOT_CARRIED: 'npm dotenv loses a variable of this name. Rename it, or export as json, yaml or shell.',
  VALUE_HAS_CARRIAGE_RETURN: `The value holds a carriage return, which readers of .env files change. ${ELSEWHERE}`,
  VALUE_HAS_EXPANSION: `The value holds \${…}, which python-dotenv expands in any quotes. ${ELSEWHERE}`,
  VALUE_HAS_NO_COMMON_QUOTING: `The value mixes quotation marks, backslashes or dollars in a way that no quoting carries to npm dotenv, python-dotenv and shells alike. ${ELSEWHERE}`,
};

/** Names that a reader drops: to npm dotenv they are no keys but the prototype of its object. */
const LOST_KEYS = new Set(['__proto__']);

/** A line of a comment, whatever the text: everything that some reader takes for the end of a line becomes a blank. */
export const commentLine = (text: string): string =>
  `# ${text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')}`.trimEnd();

export interface WrittenDotenv {
  /** Empty when something was refused. */
  readonly text: string;
  readonly refused: { readonly key: string; readonly reason: UncarriedReason; readonly message: string }[];
}

/**
 * A `.env` file that npm dotenv, python-dotenv (which expands `${NAME}`), `source` of bash and `parseDotenv` read back
 * identically. The quoting is chosen for each value; a value that no quoting carries to all of them is refused by its name.
 * Names that bash keeps for itself, such as `UID` and `_`, are written: for the other readers they are names like any other.
 * @param variables with names as `VARIABLE_KEY` allows, written in this order
 * @param header lines of a comment on top
 */
export function writeDotenv(
  variables: readonly { readonly key: string; readonly value: string }[],
  header: readonly string[] = [],
): WrittenDotenv {
  const lines = header.map(commentLine);
  const refused: WrittenDotenv['refused'][number][] = [];
  for (const { key, value } of variables) {
    const written = LOST_KEYS.has(key) ? { reason: 'KEY_NOT_CARRIED' as const } : quoted(value);
    if ('text' in written) lines.push(`${key}=${written.text}`);
    else refused.push({ key, reason: written.reason, message: MESSAGES[written.reason] });
  }
  return { text: refused.length > 0 ? '' : lines.map((line) => `${line}\n`).join(''), refused };
}
