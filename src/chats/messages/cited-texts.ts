import { isObject, type JsonObject } from '../../completions/index.js';

/** What of a citation says something of anybody: all else in it are ids and numbers. */
const SPOKEN = ['text', 'filename'] as const;

/** The texts of citations as a message, so that they are searched as any other; undefined where there are none. */
export function asSearched(citations: readonly JsonObject[] | undefined): JsonObject | undefined {
  const texts = (citations ?? []).flatMap((citation) =>
    SPOKEN.map((name) => citation[name]).filter((text) => typeof text === 'string'),
  );
  if (texts.length === 0) return undefined;
  return { role: 'tool', content: texts.map((text) => ({ type: 'text', text })) };
}

/** The citations with the texts that became of that message. */
export function withSearched(
  citations: readonly JsonObject[],
  searched: JsonObject | undefined,
): JsonObject[] {
  const parts = Array.isArray(searched?.content) ? searched.content : [];
  let at = 0;
  return citations.map((citation) => {
    const copy = { ...citation };
    for (const name of SPOKEN) {
      if (typeof citation[name] !== 'string') continue;
      const part = parts[at++];
      if (!isObject(part) || typeof part.text !== 'string') throw new Error('a text of a citation is gone');
      copy[name] = part.text;
    }
    return copy;
  });
}
