import fc from 'fast-check';
import { cleanFileName, comparableName, extensionOf } from './file-name.js';

const anyName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.string({
    unit: fc.constantFrom('.', ' ', '/', '\\', '\u0000', '\u202e', '\ud800', 'c', 'o', 'n', 'é', '😀'),
    maxLength: 300,
  }),
);

describe('a file name', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['Bericht für Jürgen.pdf', 'Bericht für Jürgen.pdf'],
    ['C:\\fakepath\\x.pdf', 'x.pdf'],
    ['/etc/passwd', 'passwd'],
    ['../../x.txt', 'x.txt'],
    ['folder/', 'folder'],
    ['.htaccess', 'htaccess'],
    ['...', 'document'],
    ['', 'document'],
    ['a.txt. . ', 'a.txt'],
    ['in\u202efdp.exe', 'infdp.exe'],
    ['a\u0000b\r\nc\u200b.txt', 'abc.txt'],
    ['CON', '_CON'],
    ['con.txt', '_con.txt'],
    ['Lpt1.tar.gz', '_Lpt1.tar.gz'],
    ['COM¹.txt', '_COM¹.txt'],
    ['console.txt', 'console.txt'],
    ['u\u0308.txt', 'ü.txt'],
    ['half\ud800.txt', 'half\ufffd.txt'],
  ])('%j is kept as %j', (given, kept) => {
    expect(cleanFileName(given)).toBe(kept);
  });

  it('keeps its extension when it is too long', () => {
    const name = cleanFileName(`${'ü'.repeat(300)}.PDF`);
    expect(name).toBe(`${'ü'.repeat(125)}.PDF`);
    expect(Buffer.byteLength(cleanFileName('😀'.repeat(100)))).toBe(252);
  });

  it('is one that every system can store, whatever was sent, and stays as it is when cleaned again', () => {
    fc.assert(
      fc.property(anyName, (given) => {
        const name = cleanFileName(given);
        expect(name).not.toBe('');
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
        expect(name).not.toMatch(/[/\\\p{Cc}\p{Cf}]|^\.|[. ]$|^(?:con|nul|aux|prn)(?:\.|$)/iu);
        expect(name.isWellFormed()).toBe(true);
        expect(name).toBe(name.normalize('NFC'));
        expect(cleanFileName(name)).toBe(name);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the same as another that differs in case and form alone', () => {
    expect(comparableName('Straße.PDF')).toBe(comparableName('STRASSE.pdf'));
    expect(comparableName('ΟΔΟΣ.txt')).toBe(comparableName('οδος.txt'));
    expect(comparableName('ﬁle\u00a0.txt')).toBe(comparableName('FILE .txt'));
    expect(comparableName('a.txt')).not.toBe(comparableName('b.txt'));
  });

  it.each([
    ['a.PDF', 'pdf'],
    ['a.tar.gz', 'gz'],
    ['README', ''],
    ['Dr. Smith', ''],
    ['a.', ''],
    ['.x', ''],
  ])('%j has the extension %j', (name, extension) => {
    expect(extensionOf(name)).toBe(extension);
  });
});
