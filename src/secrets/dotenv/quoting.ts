/** What no reader takes apart, and a shell neither expands nor splits: URLs of databases stay as people write them. */
const PLAIN = /^[\w./:@%+,=?^-]*$/;
/** python-dotenv reads `\\` and `\'` as escapes in single quotes too. */
const NOT_IN_SINGLE = /'|\\\\|\\$/;
/**
 * In double quotes python-dotenv, npm dotenv and shells each have escapes of their own. What is left are backslashes before
 * characters that none of them knows (bash uses two control characters itself), and dollars before what begins no expansion. Which
 * letters beyond ASCII may be in a name depends on the shell's locale, so none follows a dollar.
 */
const IN_DOUBLE = /^(?:[^"\\$`]|\\[^abfnrtv"'\\$`\p{Cc}]|\$(?=$|[\t\n\f\v %&'+,./:;<=>)\]^|}~]))*$/u;

export type UncarriedReason =
  | 'KEY_NOT_CARRIED'
  | 'VALUE_HAS_CARRIAGE_RETURN'
  | 'VALUE_HAS_EXPANSION'
  | 'VALUE_HAS_NO_COMMON_QUOTING';

/**
 * Whether it holds `${name}` or `${name:-default}`, which python-dotenv expands in every kind of quotes, whatever the name. In
 * one pass: an expression would look from every opening to the end.
 */
function hasExpansion(value: string): boolean {
  let isOpen = false;
  let hasDefault = false;
  for (const [token] of value.matchAll(/\$\{|:-?|\}/g)) {
    if (token === '}' && (isOpen || hasDefault)) return true;
    if (token === ':-') hasDefault ||= isOpen;
    isOpen = token === '${';
  }
  return false;
}

/** How the value is written, or why it cannot be. Measured against the readers by `npm run proof:dotenv`. */
export function quoted(value: string): { text: string } | { reason: UncarriedReason } {
  if (value.includes('\r')) return { reason: 'VALUE_HAS_CARRIAGE_RETURN' };
  if (hasExpansion(value)) return { reason: 'VALUE_HAS_EXPANSION' };
  if (PLAIN.test(value)) return { text: value };
  if (!NOT_IN_SINGLE.test(value)) return { text: `'${value}'` };
  if (IN_DOUBLE.test(value)) return { text: `"${value}"` };
  return { reason: 'VALUE_HAS_NO_COMMON_QUOTING' };
}
