import { isAlphanumeric } from './characters.js';

/** A stretch of a text, in UTF-16 code units, and what comes in its place. */
export interface Patch {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A text with stretches replaced; patches come in order and do not overlap.
 * @param joiner see `Operator.joiner`; one code unit
 */
export function splice(text: string, patches: readonly Patch[], joiner?: string): string {
  const pieces: string[] = [];
  let copied = 0;
  for (const [index, { start, end, text: replacement }] of patches.entries()) {
    const between = text.slice(copied, start);
    if (joiner === undefined) pieces.push(between);
    else pieces.push(...joined(between, joiner, index > 0, true));
    pieces.push(replacement);
    copied = end;
  }
  const rest = text.slice(copied);
  pieces.push(...(joiner === undefined || rest === '' ? [rest] : joined(rest, joiner, copied > 0, false)));
  return pieces.join('');
}

/** What stands between two replacements, or beside one, with joiners where it would touch them. */
function joined(between: string, joiner: string, after: boolean, before: boolean): string[] {
  if (between === '') return after && before ? [joiner] : [];
  const touches = (at: number): boolean =>
    isAlphanumeric(between.charCodeAt(at)) || between.charAt(at) === joiner;
  return [after && touches(0) ? joiner : '', between, before && touches(between.length - 1) ? joiner : ''];
}
