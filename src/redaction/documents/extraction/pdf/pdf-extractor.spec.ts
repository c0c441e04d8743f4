import { PDFDocument } from '@cantoo/pdf-lib';
import { documentOf, line, PdfBuilder, utf16 } from '../../pdf/testing/page.js';
import { brokenPromises, extracted, titlesOf } from '../testing/extracted.js';

const BODY = [
  'The first paragraph of the report runs over more than one line of its page, as most of',
  'them do, and ends here.',
];
const lines = (texts: readonly string[], y: number, size = 11): string =>
  texts.map((text, at) => line(text, 72, y - at * 13, size)).join('');
const picture = { content: 'q 400 0 0 400 72 200 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u0080\nEI Q' };

async function sealed(user: string): Promise<Uint8Array> {
  const document = await PDFDocument.load(documentOf(line('Sealed words.', 72, 700)));
  await document.encrypt({ userPassword: user, ownerPassword: 'owner-3f9c' });
  return document.save();
}

describe('the text of a PDF', () => {
  it('is what its pages show, in order, with its titles and where pages begin', async () => {
    const document = await extracted(
      documentOf(
        line('Annual report', 72, 720, 24) +
          line('Overview', 72, 680, 16) +
          lines(BODY, 650) +
          lines(['- one', '- two'], 590),
        '',
        line('Details', 72, 720, 16) + lines(['This is infor-', 'mation in words.'], 690),
      ),
      'pdf',
    );
    expect(document.text).toBe(
      `Annual report\n\nOverview\n\n${BODY.join(' ')}\n\n- one\n- two\n\nDetails\n\nThis is information in words.`,
    );
    expect(titlesOf(document)).toEqual([
      ['Annual report', 1],
      ['Overview', 2],
      ['Details', 2],
    ]);
    const details = document.text.indexOf('Details');
    expect(document.pages).toEqual([
      { number: 1, start: 0 },
      { number: 2, start: details },
      { number: 3, start: details },
    ]);
    expect(document).toMatchObject({ pageCount: 3, title: 'Annual report', tables: [], gaps: [] });
    expect(brokenPromises(document)).toEqual([]);
  });

  it('knows titles whose words are placed one by one, and lines with words of another size in them', async () => {
    const words = line('Big', 72, 720, 24) + line('Day', 140, 720, 24);
    const mixed =
      line('Every line of this one paragraph has', 72, 660, 11) +
      line('code', 265, 660, 9, 'F2') +
      line('in the middle of its words, and so', 292, 660, 11) +
      lines(['it is one.'], 647);
    const document = await extracted(documentOf(words + mixed), 'pdf');
    expect(titlesOf(document)).toEqual([['Big Day', 1]]);
    expect(document.text).toBe(
      'Big Day\n\nEvery line of this one paragraph has code in the middle of its words, and so it is one.',
    );
  });

  it.each([
    ['The name', 'The name'],
    ['Microsoft Word - x.docx', 'Large'],
    ['C:\\files\\draft.doc', 'Large'],
    ['', 'Large'],
  ])('has the name that it states, unless that is a file’s: %s', async (stated, title) => {
    const builder = new PdfBuilder();
    builder.page({ content: line('Large', 72, 720, 24) + lines(BODY, 650) });
    const info = builder.pdf.add(`<< /Title ${utf16(stated)} >>`);
    expect(await extracted(builder.finish('', { trailer: `/Info ${info} 0 R` }), 'pdf')).toMatchObject({
      title,
    });
  });

  it('has the titles of its outline where its fonts tell none', async () => {
    const builder = new PdfBuilder();
    const page = builder.page({ content: line('2. Scope', 72, 720, 11) + lines(BODY, 660) });
    const [root, entry] = [builder.pdf.reserve(), builder.pdf.reserve()];
    builder.pdf.set(root, `<< /Type /Outlines /First ${entry} 0 R /Last ${entry} 0 R /Count 1 >>`);
    builder.pdf.set(entry, `<< /Title (2 Scope) /Parent ${root} 0 R /Dest [${page} 0 R /Fit] >>`);
    const document = await extracted(builder.finish(`/Outlines ${root} 0 R`), 'pdf');
    expect(titlesOf(document)).toEqual([['2. Scope', 1]]);
  });

  it('tells which pages are pictures', async () => {
    const document = await extracted(documentOf(picture, line('Words.', 72, 700), picture, ''), 'pdf');
    expect(document).toMatchObject({
      text: 'Words.',
      isPartial: true,
      gaps: [{ reason: 'PAGES_WITHOUT_TEXT', pages: [1, 3] }],
    });
    expect(await extracted(documentOf(picture), 'pdf')).toMatchObject({
      text: '',
      pages: [{ number: 1, start: 0 }],
      gaps: [{ reason: 'PAGES_WITHOUT_TEXT', pages: [1] }],
    });
  });

  it('is without what runs on each page, but for its first time', async () => {
    const pages = Array.from(
      { length: 5 },
      (_, at) =>
        line('ACME handbook', 72, 760, 9) +
        lines([`Chapter text ${at * at}.`, ...BODY], 700) +
        line(`Page ${at + 1} of 5`, 280, 30, 9),
    );
    const { text } = await extracted(documentOf(...pages), 'pdf');
    expect(text.match(/ACME handbook/g)).toHaveLength(1);
    expect(text).not.toContain('Page ');
    for (const at of [0, 1, 4, 9, 16]) expect(text).toContain(`Chapter text ${at}.`);
  });

  it('opens with its password', async () => {
    const bytes = await sealed('user-7b21');
    expect((await extracted(bytes, 'pdf', 'user-7b21')).text).toBe('Sealed words.');
    expect((await extracted(await sealed(''), 'pdf')).text).toBe('Sealed words.');
    await expect(extracted(bytes, 'pdf')).rejects.toMatchObject({ code: 'DOCUMENT_ENCRYPTED' });
    await expect(extracted(bytes, 'pdf', 'not-it')).rejects.toMatchObject({
      code: 'DOCUMENT_PASSWORD_WRONG',
    });
  });

  it.each([
    ['empty', Buffer.alloc(0), 'DOCUMENT_DAMAGED'],
    ['no PDF', Buffer.from('PK\x03\x04 this is no PDF'), 'DOCUMENT_DAMAGED'],
    ['cut off', documentOf(line('Words.', 72, 700)).subarray(0, 500), 'DOCUMENT_DAMAGED'],
    ['without pages', documentOf(), 'DOCUMENT_EMPTY'],
  ])('is refused where it is %s', async (_, bytes, code) => {
    await expect(extracted(bytes, 'pdf')).rejects.toMatchObject({ code });
  });
});
