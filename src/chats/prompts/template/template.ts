import { invalidField } from '../../../platform/errors/app-error.js';

/** A template read once: literal texts, and the places where a variable's value goes. */
export type TemplatePiece = string | { readonly variable: string };

/** A name of a variable: as programs know them. */
export const VARIABLE_NAME = '^[A-Za-z_][A-Za-z0-9_]{0,63}$';

const OPENING = /\\?\{\{/g;
const PLACEHOLDER = /\{\{[ \t]*([A-Za-z_][A-Za-z0-9_]{0,63})[ \t]*\}\}/y;

/**
 * Reads `content`: `{{name}}`, blanks around the name or not, is a place for a value; `\{{` stands for `{{`; all else is
 * literal.
 * @throws AppError VALIDATION_ERROR with the line of an `{{` that begins no such place
 */
export function parseTemplate(content: string): readonly TemplatePiece[] {
  const pieces: TemplatePiece[] = [];
  let literal = '';
  let at = 0;
  const opening = new RegExp(OPENING);
  const placeholder = new RegExp(PLACEHOLDER);
  for (;;) {
    opening.lastIndex = at;
    const found = opening.exec(content);
    literal += content.slice(at, found?.index);
    if (!found) break;
    if (found[0].startsWith('\\')) {
      literal += '{{';
      at = opening.lastIndex;
      continue;
    }
    placeholder.lastIndex = found.index;
    const variable = placeholder.exec(content)?.[1];
    if (variable === undefined) throw malformed(content, found.index);
    if (literal !== '') pieces.push(literal);
    pieces.push({ variable });
    literal = '';
    at = placeholder.lastIndex;
  }
  if (literal !== '') pieces.push(literal);
  return pieces;
}

/** A text as it must stand in a template to come out as it is. */
export const escapeTemplate = (text: string): string => text.replaceAll('{{', '\\{{');

/** Names of the variables that a template has, each once, in the order in which they first occur. */
export const variablesOf = (pieces: readonly TemplatePiece[]): string[] => [
  ...new Set(pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.variable]))),
];

function malformed(content: string, index: number) {
  const before = content.slice(0, index);
  const line = before.split('\n').length;
  const column = [...before.slice(before.lastIndexOf('\n') + 1)].length + 1;
  const message = `'content' has an {{ in line ${line}, column ${column} that is not followed by the name of a variable (letters, digits and _, at most 64) and }}. Write \\{{ for braces that are to stay.`;
  return invalidField('content', 'placeholder', message);
}
