import fc from 'fast-check';
import { ModelFault } from '../model-fault.js';
import { Tokenizer } from './tokenizer.js';

const BERT = {
  normalizer: { type: 'BertNormalizer', lowercase: true },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: {
    type: 'TemplateProcessing',
    single: [
      { SpecialToken: { id: '[CLS]', type_id: 0 } },
      { Sequence: { id: 'A', type_id: 0 } },
      { SpecialToken: { id: '[SEP]', type_id: 0 } },
    ],
    special_tokens: { '[CLS]': { id: '[CLS]', ids: [8] }, '[SEP]': { id: '[SEP]', ids: [9] } },
  },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    vocab: { '[UNK]': 0, jo: 1, '##se': 2, ',': 3, 中: 4, eu: 5, '##ro': 6 },
  },
};

const ROBERTA = {
  pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false },
  post_processor: { type: 'RobertaProcessing', sep: ['</s>', 2], cls: ['<s>', 0] },
  model: {
    type: 'BPE',
    vocab: { l: 3, o: 4, w: 5, lo: 6, low: 7, Ġ: 8, Ġlow: 9, Ã: 10, '©': 11, 'Ã©': 12, e: 13 },
    merges: ['l o', ['lo', 'w'], 'Ġ low', 'Ã ©'],
  },
};

const XLM = {
  normalizer: { type: 'Precompiled', precompiled_charsmap: '' },
  pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' },
  model: {
    type: 'Unigram',
    unk_id: 0,
    vocab: [
      ['<unk>', 0],
      ['▁', -3],
      ['▁New', -4],
      ['▁York', -4],
      ['Yo', -2],
      ['rk', -2.5],
      ['fi', -3],
    ],
  },
};

const read = (spec: object): Tokenizer => Tokenizer.read(JSON.stringify(spec));
const cut = (spec: object, text: string): [number, string][] =>
  read(spec)
    .tokens(text)
    .map(({ id, start, end }) => [id, text.slice(start, end)]);

describe('tokens', () => {
  it('of WordPiece are the longest known beginnings, each with its place in the source', () => {
    expect(cut(BERT, 'José,中 Euro?')).toEqual([
      [1, 'Jo'],
      [2, 'sé'],
      [3, ','],
      [4, '中'],
      [5, 'Eu'],
      [6, 'ro'],
      [0, '?'],
    ]);
    expect(cut(BERT, 'Jose\u0301')).toEqual([
      [1, 'Jo'],
      [2, 'se\u0301'],
    ]);
    expect(read(BERT).specials).toEqual({ before: [8], after: [9] });
  });

  it('of byte-pair encoding are joined in the order of training, and belong to whole characters', () => {
    expect(cut(ROBERTA, 'low low é')).toEqual([
      [7, 'low'],
      [9, 'low'],
      [8, ''],
      [12, 'é'],
    ]);
    expect(read(ROBERTA).specials).toEqual({ before: [0], after: [2] });
  });

  it('of a unigram model are the most likely ones', () => {
    expect(cut(XLM, 'New  York')).toEqual([
      [2, 'New'],
      [3, 'York'],
    ]);
    expect(cut(XLM, 'ﬁYork')).toEqual([
      [1, ''],
      [6, 'ﬁ'],
      [4, 'Yo'],
      [5, 'rk'],
    ]);
    expect(cut(XLM, 'ж👍')).toEqual([
      [1, ''],
      [0, 'ж👍'],
    ]);
  });

  it('have their places in order within the text, whatever the text', () => {
    for (const spec of [BERT, ROBERTA, XLM]) {
      const tokenizer = read(spec);
      fc.assert(
        fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
          let last = 0;
          for (const { start, end } of tokenizer.tokens(text)) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(text.length);
            expect(end).toBeGreaterThanOrEqual(last);
            last = end;
            expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
          }
        }),
      );
    }
  });

  it('leave out nothing but white space and control characters, where everything is known or unknown', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const covered = new Set<number>();
        for (const { start, end } of read(BERT).tokens(text))
          for (let at = start; at < end; at++) covered.add(at);
        for (const { 0: letters, index } of text.matchAll(/[\p{L}\p{N}]+/gu))
          for (let at = index; at < index + letters.length; at++) expect(covered).toContain(at);
      }),
    );
  });

  it('take what has the form of a special token for text', () => {
    expect(cut(BERT, '[SEP]').map(([id]) => id)).not.toContain(9);
  });
});

describe('a tokenizer that is not known here', () => {
  it.each([
    [{ ...BERT, model: { type: 'WordLevel', vocab: {} } }],
    [{ ...BERT, pre_tokenizer: { type: 'UnicodeScripts' } }],
    [{ ...BERT, normalizer: { type: 'toString' } }],
    [{ ...BERT, post_processor: { type: 'Other' } }],
    [{ ...BERT, model: { type: 'WordPiece', unk_token: 'none', vocab: { a: 1 } } }],
    [{ ...BERT, model: { ...BERT.model, vocab: { '[UNK]': 'one' } } }],
    [{ ...ROBERTA, model: { ...ROBERTA.model, byte_fallback: true } }],
    [{ ...ROBERTA, model: { ...ROBERTA.model, merges: ['alone'] } }],
    [{ ...XLM, model: { ...XLM.model, vocab: [['a']] } }],
    [{}],
  ])('is refused by name', (spec) => {
    expect(() => read(spec)).toThrow(ModelFault);
    expect(() => read(spec)).toThrow(/tokenizer\.json/);
  });
});
