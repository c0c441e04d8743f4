import fc from 'fast-check';
import { DocumentFailure } from '../document-failure.js';
import { DocxHandler } from './docx.handler.js';
import { makeDocx, makeZip, NAMESPACES, paragraph, run } from './testing/docx-maker.js';
import { taskWith } from './testing/task.js';
import { haystack, holds } from './testing/unzip.js';

const handler = new DocxHandler();
const SSN = '219-09-9999';

const main = (xml: string | Uint8Array): Promise<Buffer> =>
  makeDocx({ body: '', parts: { 'word/document.xml': xml } });
const document = (content: string, before = ''): string =>
  `<?xml version="1.0"?>${before}<w:document ${NAMESPACES}><w:body>${content}</w:body></w:document>`;
const failure = async (bytes: Uint8Array): Promise<string> => {
  const error: unknown = await handler.redact(bytes, taskWith()).catch((thrown: unknown) => thrown);
  return error instanceof DocumentFailure ? error.code : `no failure: ${String(error)}`;
};

/** Replaces 32-bit numbers in the local header and the directory of the entry with a name. */
function lie(zip: Buffer, name: string, local: number, central: number, value: number): Buffer {
  const changed = Buffer.from(zip);
  for (let at = zip.indexOf(name); at >= 0; at = zip.indexOf(name, at + 1)) {
    if (zip.readUInt32LE(at - 30) === 0x04034b50) changed.writeUInt32LE(value, at - 30 + local);
    else if (at >= 46 && zip.readUInt32LE(at - 46) === 0x02014b50)
      changed.writeUInt32LE(value, at - 46 + central);
  }
  return changed;
}

describe('XML that attacks', () => {
  const entities = `<!DOCTYPE d [<!ENTITY a "${'x'.repeat(50)}"><!ENTITY b "&a;&a;&a;">]>`;

  it.each([
    ['an internal document type', document(paragraph(run('&b;')), entities)],
    ['an external document type', document('', '<!DOCTYPE d SYSTEM "file:///etc/passwd">')],
    ['an entity that nobody declared', document(paragraph(run('&a;')))],
    ['a tag that is not closed', document('<w:p>')],
    ['text behind the end', `${document('')}x`],
    ['an attribute twice', document('<w:p a="1" a="2"/>')],
    ['a character that XML forbids', document(paragraph(run('\u0001')))],
    ['another encoding', document('').replace('?>', ' encoding="windows-1252"?>')],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from(document('x').slice(0, -9)), Buffer.from([0xff])]),
    ],
    ['nothing', ''],
    ['both vocabularies', document('<x:p xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"/>')],
  ])('is refused: %s', async (_, xml) => expect(await failure(await main(xml))).toBe('DOCUMENT_INVALID'));

  it('is refused in relationships too', async () => {
    const bytes = await makeDocx({ body: '', parts: { 'word/_rels/document.xml.rels': `${entities}<R/>` } });
    expect(await failure(bytes)).toBe('DOCUMENT_INVALID');
  });

  it('is not followed without end', async () => {
    expect(await failure(await main(document('<w:p>'.repeat(100_000) + '</w:p>'.repeat(100_000))))).toBe(
      'DOCUMENT_TOO_COMPLEX',
    );
  });

  it('does not carry messages of the parser', async () => {
    const error: unknown = await handler
      .redact(await main(document(`<${SSN}`)), taskWith())
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'DOCUMENT_INVALID' });
    expect(error).not.toHaveProperty('cause');
  });
});

describe('a ZIP that attacks', () => {
  it('is not inflated beyond bounds', async () => {
    const zip = await makeDocx({ body: '', parts: { 'word/bomb.xml': Buffer.alloc(1024) } });
    const huge = lie(zip, 'word/bomb.xml', 22, 24, 1024 ** 3);
    const started = performance.now();
    expect(await failure(huge)).toBe('DOCUMENT_TOO_LARGE');
    const many = Buffer.from(zip);
    many.writeUInt16LE(60_000, many.length - 12);
    expect(await failure(many)).toBe('DOCUMENT_TOO_LARGE');
    const long = await makeDocx({ body: paragraph(run('x')) });
    expect(await failure(lie(long, 'word/document.xml', 22, 24, 41 * 1024 ** 2))).toBe('DOCUMENT_TOO_LARGE');
    expect(await failure(lie(long, 'word/_rels/document.xml.rels', 22, 24, 5 * 1024 ** 2))).toBe(
      'DOCUMENT_TOO_LARGE',
    );
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('is caught when it lies about a size or a sum', async () => {
    const bomb = await makeDocx({ body: paragraph(run('x'.repeat(1_000_000))) });
    expect(await failure(lie(bomb, 'word/document.xml', 22, 24, 1_000))).toBe('DOCUMENT_DAMAGED');
    expect(await failure(lie(bomb, 'word/document.xml', 22, 24, 9_000_000))).toBe('DOCUMENT_DAMAGED');
    expect(await failure(lie(bomb, 'word/document.xml', 14, 16, 1))).toBe('DOCUMENT_DAMAGED');
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'DOCUMENT_DAMAGED'],
    ['no ZIP', Buffer.from('PK but not really'), 'DOCUMENT_DAMAGED'],
    [
      'an encrypted package',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)]),
      'DOCUMENT_ENCRYPTED',
    ],
  ])('is refused: %s', async (_, bytes, code) => expect(await failure(bytes)).toBe(code));

  it('is refused without its main part, cut off, or with a part twice', async () => {
    expect(await failure(await makeZip({ 'a.xml': '' }))).toBe('DOCUMENT_DAMAGED');
    const whole = await makeDocx({ body: paragraph(run('x')) });
    expect(await failure(whole.subarray(0, whole.length - 30))).toBe('DOCUMENT_DAMAGED');
    expect(await failure(await makeDocx({ body: '', parts: { 'WORD/document.XML': 'x' } }))).toBe(
      'DOCUMENT_DAMAGED',
    );
    const lost = await makeDocx({
      body: '',
      parts: { '_rels/.rels': '<R><Relationship Type="x/officeDocument" Target="../../x"/></R>' },
    });
    expect(await failure(lost)).toBe('DOCUMENT_DAMAGED');
  });

  it('is refused when an entry is encrypted', async () => {
    const zip = await makeDocx({ body: '' });
    const locked = Buffer.from(zip);
    for (let at = zip.indexOf('word/document.xml'); at >= 0; at = zip.indexOf('word/document.xml', at + 1)) {
      if (zip.readUInt32LE(at - 30) === 0x04034b50) locked.writeUInt16LE(1, at - 24);
      else if (zip.readUInt32LE(at - 46) === 0x02014b50) locked.writeUInt16LE(1, at - 38);
    }
    expect(await failure(locked)).toBe('DOCUMENT_ENCRYPTED');
  });

  it('does not reach outside by the names of its parts', async () => {
    const zip = await makeDocx({ body: paragraph(run('x')), parts: { 'word/evil/etc.xml': SSN } });
    const spelled = zip.toString('latin1').replaceAll('word/evil/etc.xml', '../../../../e.xml');
    expect(await failure(Buffer.from(spelled, 'latin1'))).toBe('DOCUMENT_DAMAGED');
  });
});

describe('documents by chance', () => {
  it('never leak what was planted, however it is cut and wrapped', async () => {
    const value = fc.constantFrom(
      '219-09-9999',
      'Zebulon Quackenbush',
      'zebulon.q@example.com',
      '4111 1111 1111 1111',
    );
    const wrap = fc.constantFrom(
      (text: string) => run(text),
      (text: string) => run(text, '<w:b/>'),
      (text: string) => `<w:ins w:id="1">${run(text)}</w:ins>`,
      (text: string) => `<w:hyperlink r:id="x">${run(text)}</w:hyperlink>`,
      (text: string) => `<w:smartTag>${run(text)}</w:smartTag>`,
      (text: string) => `<w:sdt><w:sdtContent>${run(text)}</w:sdtContent></w:sdt>`,
      (text: string) =>
        `<w:bookmarkStart w:name="b"/>${run(text)}<w:del w:id="2"><w:r><w:delText>-</w:delText></w:r></w:del>`,
    );
    const words = fc.array(fc.constantFrom('alpha', 'beta', '&amp;', 'gamma '), { maxLength: 3 });
    const planted = fc.record({
      value,
      before: words,
      after: words,
      cuts: fc.array(fc.nat(20), { maxLength: 4 }),
      wraps: fc.array(wrap, { minLength: 1, maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(planted, { minLength: 1, maxLength: 6 }), async (plants) => {
        const body = plants.map(({ value: text, before, after, cuts, wraps }) => {
          const places = [...new Set(cuts.map((cut) => cut % text.length))].sort((a, b) => a - b);
          const pieces = [0, ...places].map((place, index) =>
            text.slice(place, [...places, text.length][index]),
          );
          const runs = pieces.map((piece, index) => wraps[index % wraps.length]?.(piece) ?? '');
          return paragraph(run(`${before.join(' ')} `), ...runs, run(` ${after.join(' ')}`));
        });
        const { bytes } = await handler.redact(await makeDocx({ body: body.join('') }), taskWith());
        const pieces = haystack(bytes);
        expect(plants.filter((plant) => holds(pieces, plant.value))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('end cleanly, whatever bytes are flipped', async () => {
    const whole = await makeDocx({ body: paragraph(run(`Zebulon Quackenbush ${SSN}`)) });
    const flips = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(flips, async (places) => {
        const bytes = Buffer.from(whole);
        for (const [at, mask] of places) bytes[at] = (bytes[at] ?? 0) ^ mask;
        const result = await handler.redact(bytes, taskWith()).catch((error: unknown) => error);
        if (result instanceof Error) expect(result).toBeInstanceOf(DocumentFailure);
      }),
      { numRuns: 400 },
    );
  });

  it('end cleanly, whatever is done to their XML', async () => {
    const xml = document(
      `${paragraph(run(`Zebulon Quackenbush ${SSN}`))}<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>`,
    );
    const edit = fc.record({
      at: fc.nat(xml.length),
      drop: fc.nat(12),
      put: fc.constantFrom(
        '',
        '<',
        '>',
        '"',
        '<w:p>',
        '</w:p>',
        '<w:del>',
        '</w:r>',
        'w:fldChar',
        '&#65;',
        SSN,
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        let changed = xml;
        for (const { at, drop, put } of edits)
          changed = changed.slice(0, at) + put + changed.slice(at + drop);
        const result = await handler.redact(await main(changed), taskWith()).catch((error: unknown) => error);
        if (result instanceof Error) expect(result).toBeInstanceOf(DocumentFailure);
      }),
      { numRuns: 300 },
    );
  });
});
