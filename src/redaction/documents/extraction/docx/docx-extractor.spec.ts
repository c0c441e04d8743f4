import { type MadeDocx, makeDocx, makeZip, paragraph, partXml, run } from '../../docx/testing/docx-maker.js';
import { beatsOf, brokenPromises, extracted, tablesOf, titlesOf } from '../testing/extracted.js';

const CORE = 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties';

const of = async (made: MadeDocx | string) =>
  extracted(await makeDocx(typeof made === 'string' ? { body: made } : made), 'docx');
const textOf = async (body: string): Promise<string> => (await of(body)).text;

const styled = (text: string, properties: string): string =>
  `<w:p><w:pPr>${properties}</w:pPr>${run(text)}</w:p>`;
const inStyle = (text: string, id: string): string => styled(text, `<w:pStyle w:val="${id}"/>`);
const cell = (...texts: string[]): string =>
  `<w:tc>${texts.map((text) => paragraph(run(text))).join('')}</w:tc>`;
const row = (cells: string, properties = ''): string =>
  `<w:tr>${properties && `<w:trPr>${properties}</w:trPr>`}${cells}</w:tr>`;

const STYLES = {
  links: [{ id: 's', kind: 'styles', target: 'styles.xml' }],
  parts: {
    'word/styles.xml': partXml(
      'w:styles',
      `<w:style w:styleId="T1"><w:name w:val="heading 1"/></w:style>
       <w:style w:styleId="T2"><w:name w:val="Überschrift"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
       <w:style w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="T2"/></w:style>
       <w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
       <w:style w:styleId="Item"><w:name w:val="List"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`,
    ),
  },
};

describe('the text of a Word document', () => {
  it('is what it shows, in order, with the titles of its styles', async () => {
    const document = await of({
      ...STYLES,
      body: [
        inStyle('The  report', 'T1'),
        paragraph(
          run('One '),
          run('and'),
          run(' two.'),
          '<w:r><w:tab/><w:t>x</w:t><w:br/><w:t>y</w:t></w:r>',
        ),
        inStyle('Part', 'T2'),
        inStyle('Like a part', 'Own'),
        styled('By outline', '<w:outlineLvl w:val="2"/>'),
        styled('No title after all', '<w:pStyle w:val="T1"/><w:outlineLvl w:val="9"/>'),
        inStyle('Loop', 'Loop'),
      ].join(''),
    });
    expect(document.text).toBe(
      'The report\n\nOne and two.\tx\ny\n\nPart\n\nLike a part\n\nBy outline\n\nNo title after all\n\nLoop',
    );
    expect(titlesOf(document)).toEqual([
      ['The report', 1],
      ['Part', 2],
      ['Like a part', 2],
      ['By outline', 3],
    ]);
    expect(document).toMatchObject({ title: 'The report', pages: [], pageCount: null, gaps: [] });
    expect(brokenPromises(document)).toEqual([]);
  });

  it('has items of lists as lines', async () => {
    const item = (text: string, depth: number, list = 1): string =>
      styled(text, `<w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="${list}"/></w:numPr>`);
    const body = [item('a', 0), item('b', 1), inStyle('c', 'Item'), item('none', 0, 0)].join('');
    expect((await of({ ...STYLES, body })).text).toBe('- a\n  - b\n- c\n\nnone');
  });

  it('has tables with their heads', async () => {
    const inner = `<w:tbl>${row(cell('in') + cell('side'))}</w:tbl>`;
    const marked = `<w:tbl>${row(cell('Tea') + cell('Milk'), '<w:tblHeader/>')}${row(`${cell('one', 'two')}<w:tc>${inner}${paragraph()}</w:tc>`)}</w:tbl>`;
    const plain = `<w:tbl>${row(cell('12') + cell('13'))}${row(cell('14') + cell(''))}</w:tbl>`;
    const looks = `<w:tbl>${row(cell('Name') + cell('Amount'))}${row(cell('Ada') + cell('14'))}</w:tbl>`;
    const document = await of(paragraph(run('before')) + marked + paragraph(run('between')) + plain + looks);
    expect(tablesOf(document)).toEqual([
      { header: 'Tea | Milk', rows: ['Tea | Milk', 'one two | in side'] },
      { header: null, rows: ['12 | 13', '14 |'] },
      { header: 'Name | Amount', rows: ['Name | Amount', 'Ada | 14'] },
    ]);
    expect(document.text.startsWith('before\n\nTea')).toBe(true);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('accepts tracked changes, and leaves hidden text and instructions out', async () => {
    const body =
      paragraph(
        run('kept '),
        `<w:del>${'<w:r><w:delText>SECRET</w:delText></w:r>'}</w:del><w:ins>${run('new ')}</w:ins>`,
        run('SECRET', '<w:vanish/>'),
        run('shown ', '<w:vanish w:val="0"/>'),
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>SECRET</w:instrText></w:r>',
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        run('field '),
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        `<w:hyperlink r:id="none">${run('link ')}</w:hyperlink>`,
        `<w:sdt><w:sdtPr><w:alias w:val="SECRET"/></w:sdtPr><w:sdtContent>${run('control')}</w:sdtContent></w:sdt>`,
      ) + styled('marked', '<w:rPr><w:vanish/></w:rPr>');
    expect(await textOf(body)).toBe('kept new shown field link control\n\nmarked');
  });

  it('hides what is in a hidden run, and nothing after it', async () => {
    const box = (text: string): string =>
      `<w:pict><v:shape><v:textbox><w:txbxContent>${styled(text, '<w:rPr><w:vanish/></w:rPr>')}</w:txbxContent></v:textbox></v:shape></w:pict>`;
    const hidden = `<w:r><w:rPr><w:vanish/></w:rPr>${box('SECRET')}<w:t>SECRET</w:t></w:r>`;
    const formula = '<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>';
    expect(
      await textOf(paragraph(hidden, formula, `<w:r>${box('box')}<w:t>,</w:t></w:r>`, run('shown'))),
    ).toBe('box\n\nx=1,shown');
  });

  it('has one of two ways to show the same', async () => {
    const box = (text: string): string =>
      `<w:pict><v:shape><v:textbox><w:txbxContent>${paragraph(run(text))}</w:txbxContent></v:textbox></v:shape></w:pict>`;
    const ways = `<w:r><mc:AlternateContent><mc:Choice Requires="wps">${box('choice')}</mc:Choice><mc:Fallback>${box('fallback')}</mc:Fallback></mc:AlternateContent></w:r>`;
    expect(await textOf(paragraph(ways, run('after')))).toBe('choice\n\nafter');
    expect(await textOf(paragraph(ways.replace('"wps"', '"unknown"'), run('after')))).toBe(
      'fallback\n\nafter',
    );
  });

  it('has notes after the body, and what repeats on pages last', async () => {
    const document = await of({
      body: paragraph(run('body')),
      links: ['header', 'footnotes', 'comments'].map((kind) => ({ id: kind, kind, target: `${kind}.xml` })),
      parts: {
        'word/header.xml': partXml('w:hdr', paragraph(run('header'))),
        'word/footnotes.xml': partXml(
          'w:footnotes',
          `<w:footnote w:type="separator">${paragraph(run('SECRET'))}</w:footnote><w:footnote>${paragraph(run('note'))}</w:footnote>`,
        ),
        'word/comments.xml': partXml('w:comments', `<w:comment>${paragraph(run('SECRET'))}</w:comment>`),
      },
    });
    expect(document.text).toBe('body\n\nnote\n\nheader');
  });

  it.each([
    ['<x:title xmlns:x="u">The &amp; name</x:title>', 'The & name'],
    ['<title> </title>', null],
    ['<title>broken', null],
  ])('has the name that its properties state: %s', async (title, expected) => {
    const roots = [{ id: 'c', kind: CORE, target: 'docProps/core.xml' }];
    const parts = { 'docProps/core.xml': `<p>${title}<creator>SECRET</creator></p>` };
    const document = await of({ body: paragraph(run('text')), roots, parts });
    expect(document).toMatchObject({ text: 'text', title: expected });
  });

  it('tells when pictures are all there is', async () => {
    const document = await of(paragraph('<w:r><w:drawing/></w:r>'));
    expect(document).toMatchObject({
      text: '',
      isPartial: true,
      gaps: [{ reason: 'PICTURES_NOT_READ', pages: [] }],
    });
    expect(await of(paragraph())).toMatchObject({ text: '', isPartial: false, gaps: [] });
  });

  it('is not silent for long, or long documents were taken for attacks', async () => {
    expect(await beatsOf(await makeDocx({ body: '<w:p/>'.repeat(25_000) }), 'docx')).toBeGreaterThan(2);
  });

  it.each([
    ['encrypted', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'DOCUMENT_ENCRYPTED'],
    ['no package', () => Buffer.from('PK\x03\x04'), 'DOCUMENT_DAMAGED'],
    ['empty', () => Buffer.alloc(0), 'DOCUMENT_DAMAGED'],
    ['another package', () => makeZip({ 'a.txt': 'a' }), 'DOCUMENT_DAMAGED'],
    ['not well formed', () => makeDocx({ body: '<w:p>' }), 'DOCUMENT_INVALID'],
    ['nested without end', () => makeDocx({ body: '<w:p>'.repeat(2_000) }), 'DOCUMENT_TOO_COMPLEX'],
  ])('is refused where it is %s', async (_, make, code) => {
    await expect(extracted(await make(), 'docx')).rejects.toMatchObject({ code });
  });
});
