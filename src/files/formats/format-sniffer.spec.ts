import fc from 'fast-check';
import { FormatSniffer } from './format-sniffer.js';

/** A format as the sniffer finds it when the bytes come in these pieces. */
function sniff(bytes: Buffer, extension: string, pieces: readonly number[] = []): string | undefined {
  const sniffer = new FormatSniffer();
  let at = 0;
  for (const length of pieces) {
    sniffer.update(bytes.subarray(at, at + length));
    at += length;
  }
  sniffer.update(bytes.subarray(at));
  return sniffer.end(extension);
}

const entry = (name: string, flags = 0): Buffer => {
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50);
  head.writeUInt16LE(flags, 8);
  head.writeUInt16LE(name.length, 28);
  return Buffer.concat([head, Buffer.from(name)]);
};

/** A ZIP file by its frame alone: first bytes, content, directory, end. */
function zip(
  names: readonly string[],
  { flags = 0, comment = '', content = Buffer.alloc(100) as Buffer, is64 = false } = {},
): Buffer {
  const directory = Buffer.concat(names.map((name) => entry(name, flags)));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt32LE(is64 ? 0xffffffff : directory.length, 12);
  end.writeUInt16LE(comment.length, 20);
  const end64 = Buffer.alloc(is64 ? 76 : 0);
  if (is64) {
    end64.writeUInt32LE(0x06064b50);
    end64.writeBigUInt64LE(BigInt(directory.length), 40);
    end64.writeUInt32LE(0x07064b50, 56);
  }
  return Buffer.concat([Buffer.from('PK\x03\x04'), content, directory, end64, end, Buffer.from(comment)]);
}

const TYPES = '[Content_Types].xml';
const DOCX = zip([TYPES, 'word/document.xml']);
const PDF = Buffer.from('%PDF-1.7\n%\u00e2\u00e3\n1 0 obj', 'latin1');
const PNG = Buffer.from('89504e470d0a1a0a0000000d', 'hex');
const JPEG = Buffer.from('ffd8ffe000104a464946', 'hex');
const OLE = Buffer.from('d0cf11e0a1b11ae10000', 'hex');
const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');

describe('the format of a file', () => {
  it.each<[string, Buffer, string, string | undefined]>([
    ['a PDF', PDF, 'pdf', 'pdf'],
    ['a PDF after other bytes', Buffer.concat([Buffer.alloc(1016, 'x'), PDF]), 'pdf', 'pdf'],
    ['a PDF too far in', Buffer.concat([Buffer.alloc(1024), PDF]), 'pdf', undefined],
    ['a PDF without an extension', PDF, '', 'pdf'],
    ['a PDF named text', PDF, 'txt', undefined],
    ['text named PDF', Buffer.from('hello'), 'pdf', undefined],
    ['nothing named PDF', Buffer.alloc(0), 'pdf', undefined],
    ['nothing named text', Buffer.alloc(0), 'txt', 'txt'],
    ['nothing without an extension', Buffer.alloc(0), '', 'txt'],
    ['a document', DOCX, 'docx', 'docx'],
    ['a sheet', zip([TYPES, 'xl/workbook.xml']), 'xlsx', 'xlsx'],
    ['slides', zip([TYPES, 'ppt/presentation.xml']), 'pptx', 'pptx'],
    [
      'a document with a comment',
      zip([TYPES, 'word/document.xml'], { comment: 'made by hand' }),
      'docx',
      'docx',
    ],
    ['a document in ZIP64', zip([TYPES, 'word/document.xml'], { is64: true }), 'docx', 'docx'],
    [
      'a document longer than what is kept',
      zip([TYPES, 'word/document.xml'], { content: Buffer.alloc(3_000_000, 7) }),
      'docx',
      'docx',
    ],
    ['a document named sheet', DOCX, 'xlsx', undefined],
    ['a document with encrypted parts', zip([TYPES, 'word/document.xml'], { flags: 1 }), 'docx', undefined],
    ['a package of two kinds', zip([TYPES, 'word/document.xml', 'xl/workbook.xml']), 'docx', undefined],
    ['a plain ZIP', zip(['photo.jpg']), 'zip', undefined],
    ['a plain ZIP named document', zip(['photo.jpg']), 'docx', undefined],
    ['a ZIP that holds a document', zip(['in.docx'], { content: DOCX }), 'docx', undefined],
    ['a ZIP cut off', DOCX.subarray(0, -30), 'docx', undefined],
    [
      'a directory that lies about its length',
      zip([TYPES, 'word/'.padEnd(80, 'x')]).subarray(0, -1),
      'docx',
      undefined,
    ],
    ['an old or encrypted Office file', OLE, 'docx', undefined],
    ['an old Office file', OLE, 'doc', undefined],
    ['a PNG', PNG, 'png', 'png'],
    ['a JPEG', JPEG, 'jpg', 'jpeg'],
    ['a TIFF', Buffer.from('49492a0008000000', 'hex'), 'tif', 'tiff'],
    ['an image that is a PDF too', Buffer.concat([PNG, PDF]), 'png', undefined],
    ['a program', Buffer.from('MZ\x90\x00\x03', 'latin1'), 'exe', undefined],
    ['a program named text', Buffer.from('MZ\x90\x00\x03', 'latin1'), 'txt', undefined],
    ['a script', Buffer.from('@echo off'), 'bat', undefined],
    ['Markdown', Buffer.from('# Über uns'), 'md', 'md'],
    ['JSON', Buffer.from('{"a":1}'), 'json', 'json'],
    ['text of no known extension', Buffer.from('notes'), 'v2', 'txt'],
    ['UTF-16', utf16('Grüße 😀'), 'txt', 'txt'],
    ['UTF-16 of half a character', utf16('\ud83d'), 'txt', undefined],
    ['UTF-16 of half a unit', utf16('ab').subarray(0, -1), 'txt', undefined],
    ['text of an older encoding', Buffer.from('Grüße', 'latin1'), 'csv', 'csv'],
    ['HTML of an older encoding', Buffer.from('<p>Grüße', 'latin1'), 'htm', 'html'],
    ['JSON of an older encoding', Buffer.from('"Grüße"', 'latin1'), 'json', undefined],
    ['text with a NUL', Buffer.from('a\0b'), 'txt', undefined],
    ['__proto__', Buffer.from('a'), '__proto__', 'txt'],
  ])('is found for %s', (_, bytes, extension, format) => {
    expect(sniff(bytes, extension)).toBe(format);
  });

  const samples = [
    PDF,
    DOCX,
    PNG,
    OLE,
    utf16('Grüße 😀'),
    Buffer.from('Grüße 😀 und mehr'),
    Buffer.from('Grüße', 'latin1'),
    Buffer.from('P'),
    Buffer.from('PK'),
  ];

  it('does not depend on the pieces in which the bytes come', () => {
    const pieces = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 30 });
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        pieces,
        fc.constantFrom('', 'txt', 'docx', 'pdf', 'csv'),
        (bytes, lengths, extension) => {
          expect(sniff(bytes, extension, lengths)).toBe(sniff(bytes, extension));
        },
      ),
    );
  });

  const TEXTS = ['txt', 'md', 'csv', 'json', 'html', 'eml', ''];

  it('is never text for bytes with a NUL, and never more than text for valid text', () => {
    const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(noise, noise, fc.constantFrom(...TEXTS), (before, after, extension) => {
        const bytes = Buffer.concat([Buffer.from('x'), before, Buffer.alloc(1), after]);
        expect(sniff(bytes, extension)).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(sniff(Buffer.from(text), 'md')).toBe('md');
      }),
    );
  });

  it('is asked of damaged ZIP files without a fault', () => {
    const damaged = fc.tuple(fc.nat(DOCX.length - 1), fc.nat(255), fc.nat(40)).map(([at, byte, cut]) => {
      const bytes = Buffer.from(DOCX);
      bytes[at] = byte;
      return bytes.subarray(0, bytes.length - cut);
    });
    fc.assert(
      fc.property(damaged, (bytes) => {
        expect([undefined, 'docx']).toContain(sniff(bytes, 'docx'));
      }),
      { numRuns: 2_000 },
    );
  });
});
