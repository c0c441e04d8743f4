import fc from 'fast-check';
import iconv from 'iconv-lite';
import { DocumentFailure } from '../document-failure.js';
import { decodeText, encodeText } from './text-encoding.js';

const GERMAN = 'Größe und Maße der Straße, süß für Käthe, höflich grüßt Müller.\r\nDanach kam nichts.\n';
const JAPANESE = 'これは日本語の文章です。東京都に住んでいます。電話をかけてください。\n'.repeat(4);

describe('the encoding of a text', () => {
  it.each([
    ['utf8', '', GERMAN],
    ['utf8', 'efbbbf', GERMAN],
    ['utf-16le', 'fffe', GERMAN],
    ['utf-16be', 'feff', `${GERMAN}😀`],
    ['utf-32le', 'fffe0000', GERMAN],
    ['utf-32be', '0000feff', `${GERMAN}😀`],
    ['windows-1252', '', GERMAN],
    ['windows-1252', '', `${GERMAN}€ „so“`],
    ['Shift_JIS', '', JAPANESE],
    ['windows-1251', '', 'Привет, меня зовут Иван Петров, и я живу в Москве. Это обычный текст.\n'.repeat(3)],
  ])('%s with the mark "%s" is told and written again', (encoding, mark, text) => {
    const bytes = Buffer.concat([Buffer.from(mark, 'hex'), iconv.encode(text, encoding)]);
    const decoded = decodeText(bytes);
    expect(decoded.text).toBe(text);
    expect(encodeText(decoded.text, decoded).equals(bytes)).toBe(true);
  });

  it('is UTF-8 where the old one cannot spell what is written', () => {
    const decoded = decodeText(iconv.encode(GERMAN, 'windows-1252'));
    expect(encodeText('名前', decoded).toString()).toBe('\ufeff名前');
    expect(encodeText('名前', decoded, false).toString()).toBe('名前');
  });

  it.each([
    ['NUL bytes', Buffer.from('a\0b')],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex')],
    ['control characters', Buffer.from('a\u0002b')],
    ['half of UTF-16', Buffer.from('fffe4100d8', 'hex')],
    ['a lone surrogate', Buffer.from('fffe00d84100', 'hex')],
    ['UTF-16 without a mark', Buffer.from('abc', 'utf16le')],
    ['a code point beyond Unicode', Buffer.from('fffe0000ffffff00', 'hex')],
    ['shifted character sets', Buffer.from('\u001b$B%F%9%H\u001b(B')],
  ])('is not guessed for %s', (_, bytes) => {
    expect(() => decodeText(bytes)).toThrow(expect.objectContaining({ code: 'DOCUMENT_UNDECODABLE' }));
  });

  it('is told back byte for byte or refused, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          const decoded = decodeText(bytes);
          expect(encodeText(decoded.text, decoded).equals(Buffer.from(bytes))).toBe(true);
        } catch (error) {
          if (!(error instanceof DocumentFailure)) throw error;
          expect(error.code).toBe('DOCUMENT_UNDECODABLE');
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
