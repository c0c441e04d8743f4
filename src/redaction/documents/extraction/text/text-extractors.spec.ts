import iconv from 'iconv-lite';
import { brokenPromises, extracted, titlesOf } from '../testing/extracted.js';

describe('the text of plain files', () => {
  it('is what they say, with one empty line where there are several', async () => {
    const document = await extracted(
      '\n\n  First line  \r\nsecond\tline\r\n\r\n\r\n\r\n    indented\u0000\rlast\n'.replace('\u0000', ''),
      'txt',
    );
    expect(document.text).toBe('First line\nsecond\tline\n\n    indented\nlast');
    expect(document).toMatchObject({
      pages: [],
      headings: [],
      tables: [],
      pageCount: null,
      title: null,
      isPartial: false,
      gaps: [],
    });
  });

  const TEXT = 'Größe: 12 Müller aß süße Äpfel für 5 Kronen über Köln.';

  it.each(['utf-8', 'utf-16le', 'utf-16be'])('is read in %s by its mark', async (encoding) => {
    const text = `${TEXT} 😀 łódź`;
    const document = await extracted(iconv.encode(text, encoding, { addBOM: true }), 'txt');
    expect(document.text).toBe(text);
  });

  it('is read in Latin-1', async () => {
    expect((await extracted(Buffer.from(TEXT, 'latin1'), 'txt')).text).toBe(TEXT);
  });

  it('holds no control characters, soft hyphens or marks', async () => {
    const document = await extracted('a\u00adb\ufeffc\u001b[1md\fe\u2028f\u0085g', 'txt');
    expect(document.text).toBe('abc[1md\ne\nf\ng');
    expect(brokenPromises(document)).toEqual([]);
  });

  it('is empty where nothing is said', async () => {
    for (const empty of ['', ' \n\t\n ']) expect((await extracted(empty, 'txt')).text).toBe('');
  });

  it('is refused where bytes are no text', async () => {
    await expect(extracted(Buffer.from([0, 1, 2, 0xff, 0]), 'txt')).rejects.toMatchObject({
      code: 'DOCUMENT_UNDECODABLE',
    });
    await expect(extracted('x', 'xlsx')).rejects.toMatchObject({ code: 'FORMAT_NOT_READABLE' });
  });

  it('of JSON is its spelling', async () => {
    const json = '{\n  "name": "Ada",\n  "tags": ["a", "b"]\n}\n';
    expect((await extracted(json, 'json')).text).toBe(json.trim());
  });
});

describe('the text of Markdown', () => {
  const of = (...lines: string[]) => extracted(lines.join('\n'), 'md');

  it('has its titles of both spellings, with their levels', async () => {
    const document = await of(
      '# One #',
      'text',
      '## Two `code` ##',
      '',
      'Three',
      '=====',
      '',
      'Four',
      '---',
      '###### Six',
      '####### seven',
      '#no',
    );
    expect(titlesOf(document)).toEqual([
      ['One', 1],
      ['Two `code`', 2],
      ['Three', 1],
      ['Four', 2],
      ['Six', 6],
    ]);
    expect(document.text).toContain('# One #\ntext\n## Two `code` ##');
    expect(document.title).toBe('One');
    expect(brokenPromises(document)).toEqual([]);
  });

  it('has no titles in code, below paragraphs, items and tables, or of nothing', async () => {
    const document = await of(
      '```sh',
      '# comment',
      '```',
      '~~~',
      '# tilde',
      '```',
      '~~~',
      '    # indented',
      '',
      'a paragraph',
      'of two lines',
      '---',
      '- item',
      '---',
      '#',
      '## ##',
      '> quote',
      '---',
      '',
      '---',
    );
    expect(titlesOf(document)).toEqual([]);
  });

  it('has titles after code within a line of text', async () => {
    expect(titlesOf(await of('```npm ci``` installs.', '', '# Next'))).toEqual([['Next', 1]]);
  });

  it.each([
    ['title: The guide', 'The guide'],
    ['title: "A: b"', 'A: b'],
    ["title: ''", 'First'],
    ['author: x', 'First'],
  ])('takes the title that its head states: %s', async (line, title) => {
    const document = await of('---', line, '---', '# First');
    expect(document.title).toBe(title);
    expect(titlesOf(document)).toEqual([['First', 1]]);
  });

  it('may be a head and nothing else', async () => {
    const document = await of('---', 'title: Alone', '---', '');
    expect(document.title).toBe('Alone');
    expect(titlesOf(document)).toEqual([]);
  });
});
