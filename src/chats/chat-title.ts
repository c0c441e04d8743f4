/** Longest title that is made of a message, in code points. */
const LONGEST_MADE = 60;

/**
 * The title of a chat that was given none: the beginning of its first message, word for word, on one line; at most 60
 * characters, cut between two words where there are two. Undefined for a message without text.
 */
export function titleOf(text: string): string | undefined {
  const line = text.slice(0, 2_000).replaceAll(/\s+/gu, ' ').trim().toWellFormed();
  if (line === '') return undefined;
  const characters = [...line];
  if (characters.length <= LONGEST_MADE) return line;
  const cut = characters.slice(0, LONGEST_MADE + 1).join('');
  const border = cut.lastIndexOf(' ');
  return border > 0 ? cut.slice(0, border) : characters.slice(0, LONGEST_MADE).join('');
}
