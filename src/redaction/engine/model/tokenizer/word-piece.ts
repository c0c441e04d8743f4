import type { JsonReader } from '../json-reader.js';
import { type Part, readVocabulary, unknownOf, type WordModel } from './vocabulary.js';

/**
 * WordPiece as BERT uses it (Devlin et al., 2018): the longest known beginning, then the longest known continuation, and so
 * on; a word that cannot be taken apart is unknown as a whole.
 */
export function readWordPiece(spec: JsonReader): WordModel {
  const vocabulary = readVocabulary(spec);
  const unknown = unknownOf(spec, vocabulary);
  const prefix = spec.string('continuing_subword_prefix', '##');
  const longest = spec.number('max_input_chars_per_word', 100);
  const longestAt = (word: string, from: number): Part | undefined => {
    for (let to = word.length; to > from; to--) {
      const piece = word.slice(from, to);
      const id = vocabulary.get(from === 0 ? piece : prefix + piece);
      if (id !== undefined) return { id, from, to };
    }
    return undefined;
  };
  return (word) => {
    const whole = [{ id: unknown, from: 0, to: word.length }];
    if ([...word].length > longest) return whole;
    const parts: Part[] = [];
    for (let at = 0; at < word.length; ) {
      const part = longestAt(word, at);
      if (!part) return whole;
      parts.push(part);
      at = part.to;
    }
    return parts;
  };
}
