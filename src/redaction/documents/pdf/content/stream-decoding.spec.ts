import { deflateSync } from 'node:zlib';
import { PDFContext, PDFRawStream } from '@cantoo/pdf-lib';
import { decodedText, decodeStream } from './stream-decoding.js';

const context = PDFContext.create();
const stream = (text: string, dict: Record<string, string> = {}) =>
  PDFRawStream.of(context.obj(dict), Buffer.from(text, 'latin1'));

describe('undoing filters', () => {
  it.each([
    ['none', 'plain', {}, 'plain'],
    ['ASCIIHex', '70 6C61 69 6e>', { Filter: 'ASCIIHexDecode' }, 'plain'],
    ['ASCII85', '87cUR~>', { Filter: 'ASCII85Decode' }, 'Hell'],
    ['RunLength', '\u0001ab\u00fec\u0080', { Filter: 'RunLengthDecode' }, 'abccc'],
    ['LZW', '\u0080\u000b\u0060\u0050\u0022\u000c\u000c\u0085\u0001', { Filter: 'LZWDecode' }, '-----A---B'],
  ])('%s', (_, bytes, dict, text) => {
    expect(decodedText(stream(bytes, dict))).toBe(text);
  });

  it('undoes several, one after the other', () => {
    const twice = Buffer.from(deflateSync('text')).toString('hex');
    const both = context.obj(['ASCIIHexDecode', 'FlateDecode']);
    const dict = context.obj({ Filter: both });
    expect(decodedText(PDFRawStream.of(dict, Buffer.from(`${twice}>`)))).toBe('text');
  });

  it('undoes the prediction of rows', () => {
    const rows = Buffer.from([2, 1, 2, 3, 2, 1, 1, 1]);
    const dict = context.obj({ Filter: 'FlateDecode', DecodeParms: { Predictor: 12, Columns: 3 } });
    expect([...decodeStream(PDFRawStream.of(dict, deflateSync(rows))).bytes]).toEqual([1, 2, 3, 2, 3, 4]);
  });

  it('stops at the filter of an image', () => {
    const dict = context.obj({ Filter: context.obj(['FlateDecode', 'DCTDecode']) });
    const { bytes, left } = decodeStream(PDFRawStream.of(dict, deflateSync('jpeg')));
    expect([Buffer.from(bytes).toString(), left.map((filter) => filter.name)]).toEqual([
      'jpeg',
      ['DCTDecode'],
    ]);
  });

  it('does not unfold beyond the limit', () => {
    const bomb = PDFRawStream.of(context.obj({ Filter: 'FlateDecode' }), deflateSync(Buffer.alloc(100_000)));
    expect(() => decodeStream(bomb, 10_000)).toThrow(
      expect.objectContaining({ code: 'DOCUMENT_TOO_COMPLEX' }),
    );
    const run = stream('\u0081x'.repeat(1000), { Filter: 'RunLengthDecode' });
    expect(() => decodeStream(run, 10_000)).toThrow(
      expect.objectContaining({ code: 'DOCUMENT_TOO_COMPLEX' }),
    );
  });

  it('refuses bytes that do not unfold', () => {
    const broken = stream('not deflated', { Filter: 'FlateDecode' });
    expect(() => decodeStream(broken)).toThrow(expect.objectContaining({ code: 'DOCUMENT_DAMAGED' }));
  });
});
