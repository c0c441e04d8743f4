import { isEligible, LEAST_LENGTH } from './secret-strength.js';

/**
 * The texts in which a value may stand, each worth looking for, and the value itself first; none when the value is not worth
 * it. White space at its ends is not part of it, since texts end lines as they like; within, line ends are also looked for as
 * Windows writes them and left out, and all that JSON and env files escape as they do.
 */
export function formsOf(value: string): string[] {
  const text = value.trim();
  if (!isEligible(text)) return [];
  const unix = text.replaceAll('\r\n', '\n');
  const asJson = JSON.stringify(unix).slice(1, -1);
  const forms = new Set([
    text,
    unix,
    unix.replaceAll('\n', '\r\n'),
    asJson,
    unix.replaceAll(/[ \t]*\n[ \t]*/g, ''),
  ]);
  const password = passwordIn(text);
  if (password !== undefined && isEligible(password)) forms.add(password);
  return [...forms].filter(({ length }) => length >= LEAST_LENGTH);
}

/** The password of `scheme://user:password@host`, as it is written there. */
const passwordIn = (text: string): string | undefined =>
  /^[a-z][a-z\d+.-]*:\/\/[^\s/?#:@]*:([^\s/?#@]+)@/i.exec(text)?.[1];
