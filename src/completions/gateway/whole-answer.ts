import { completionsError } from '../completions.errors.js';
import { isObject, type JsonObject } from '../json.js';

/** Largest answer that is taken in at once, in bytes. */
export const MOST_ANSWER = 64 * 1024 * 1024;

/**
 * Reads a model server's whole answer.
 * @throws AppError UPSTREAM_MALFORMED for what is no completion
 */
export async function readWholeAnswer(body: AsyncIterable<Uint8Array>): Promise<JsonObject> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    length += piece.length;
    if (length > MOST_ANSWER) throw completionsError('UPSTREAM_MALFORMED');
    pieces.push(piece);
  }
  const answer = parsed(Buffer.concat(pieces).toString('utf8'));
  if (!isObject(answer) || !Array.isArray(answer.choices)) throw completionsError('UPSTREAM_MALFORMED');
  return answer;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
