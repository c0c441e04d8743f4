import { JsonReader } from '../json-reader.js';
import { ModelFault } from '../model-fault.js';
import { AlignedText } from './aligned-text.js';
import { readBytePair } from './byte-pair.js';
import { type Normalizer, readNormalizer } from './normalizers.js';
import { type PreTokenizer, readPreTokenizer } from './pre-tokenizers.js';
import { readSpecialTokens, type SpecialTokens } from './special-tokens.js';
import { readUnigram } from './unigram.js';
import type { WordModel } from './vocabulary.js';
import { readWordPiece } from './word-piece.js';

/** What a model reads in the place of a stretch of text. Offsets are UTF-16 code units of the text, end exclusive. */
export interface Token {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  /** Counts the words of the text; the tokens of one have the same. */
  readonly word: number;
}

const MODELS: Readonly<Record<string, (spec: JsonReader) => WordModel>> = {
  BPE: readBytePair,
  Unigram: readUnigram,
  WordPiece: readWordPiece,
};

/** Most words whose parts are remembered: those of a language that are used every day. */
const MOST_REMEMBERED = 20_000;

/**
 * Takes texts apart as the file `tokenizer.json` of Hugging Face's tokenizers says. What has the form of a special token in a
 * text is text.
 */
export class Tokenizer {
  private readonly remembered = new Map<string, ReturnType<WordModel>>();

  private constructor(
    private readonly normalize: Normalizer,
    private readonly cut: PreTokenizer,
    private readonly model: WordModel,
    /** To be put around the tokens of a text. */
    readonly specials: SpecialTokens,
    /** Fills up shorter texts of a batch. */
    readonly padding: number,
  ) {}

  /** @throws ModelFault for anything in it that is not known here */
  static read(json: string): Tokenizer {
    const file = JsonReader.parse(json, 'tokenizer.json');
    const spec = file.required('model');
    const type = spec.string('type', typeOf(spec));
    const read = Object.hasOwn(MODELS, type) ? MODELS[type] : undefined;
    if (!read) throw new ModelFault(`${spec.place}.type is none of ${Object.keys(MODELS).join(', ')}.`);
    return new Tokenizer(
      readNormalizer(file.object('normalizer')),
      readPreTokenizer(file.object('pre_tokenizer')),
      read(spec),
      readSpecialTokens(file.object('post_processor')),
      file.object('padding')?.number('pad_id', 0) ?? 0,
    );
  }

  tokens(text: string): Token[] {
    const tokens: Token[] = [];
    const words = this.cut(this.normalize(AlignedText.of(text)));
    words.forEach((aligned, word) => {
      for (const { id, from, to } of this.partsOf(aligned.text)) {
        const place = withoutSpace(text, aligned.sourceOf(from, to));
        tokens.push({ id, ...place, word });
      }
    });
    return tokens;
  }

  private partsOf(word: string): ReturnType<WordModel> {
    const known = this.remembered.get(word);
    if (known) return known;
    const parts = this.model(word);
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    this.remembered.set(word, parts);
    return parts;
  }
}

/** Files of older versions do not say. */
function typeOf(spec: JsonReader): string {
  if (Array.isArray(spec.raw('vocab'))) return 'Unigram';
  return Array.isArray(spec.raw('merges')) ? 'BPE' : 'WordPiece';
}

/** Many a tokenizer counts the blank in front as part of a word. */
function withoutSpace(text: string, { start, end }: { readonly start: number; readonly end: number }) {
  let [from, to] = [start, end];
  while (from < to && /\s/.test(text.charAt(from))) from++;
  while (to > from && /\s/.test(text.charAt(to - 1))) to--;
  return { start: from, end: to };
}
