import fc from 'fast-check';
import { DocumentFailure } from '../document-failure.js';
import { makeDocx, paragraph, partXml, run } from '../docx/testing/docx-maker.js';
import { documentOf, line } from '../pdf/testing/page.js';
import { brokenPromises, extracted } from './testing/extracted.js';

/** Processor time of one small document, in milliseconds: hundreds of times what it takes. */
const MOST_WORK_MS = 4_000;

const MARKDOWN =
  '---\ntitle: "T"\n---\n# One #\n\n```js\n# no\n```\n\nTwo\n---\n\n- a\n- b 😀 é\n\n| a | b |\n';
const HTML = `<!doctype html><meta charset=utf-8><title>T</title><h1>A <b>b</b></h1><p>c &amp; d<br>e<ul><li>f<ul><li>g</ul></ul>
<table><tr><th>h<th>i<tr><td>1<td>2</table><pre>  j\n k</pre><div hidden>l</div><script>m</script><!-- n --><h2>é 😀</h2>`;
const CSV = 'name,amount,note\r\nAda,12,"one, ""two"""\r\nBøb,7,😀\r\n';
const BODY = [
  paragraph('<w:pPr><w:outlineLvl w:val="0"/></w:pPr>', run('Title 😀')),
  paragraph(
    run('a '),
    run('hidden', '<w:vanish/>'),
    `<w:ins>${run('b')}</w:ins>`,
    `<w:del>${run('c')}</w:del>`,
  ),
  `<w:tbl><w:tr><w:tc>${paragraph(run('x'))}</w:tc><w:tc>${paragraph(run('y'))}</w:tc></w:tr></w:tbl>`,
].join('');
const PDF = documentOf(
  {
    content:
      line('Large title', 72, 720, 24) + line('- item (one)', 72, 680) + line('Some words and more', 72, 650),
    plain: true,
  },
  { content: line('Second', 72, 720), plain: true },
);

/** What may stand anywhere and turn what follows into something else. */
const SPLINTERS = [
  '<',
  '>',
  '</',
  '"',
  '&#0;',
  '&#xd800;',
  '\0',
  '\n',
  '\n\n',
  '#',
  '```',
  '---',
  ',',
  '|',
  '\ufeff',
  '\ud83d',
  '()',
  '<<',
  'endobj',
  '<table><td>',
  '<li>',
  '</w:p>',
  '<w:tbl>',
  '-',
];

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  removed: fc.nat(12),
  added: fc.oneof(
    fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom(...SPLINTERS).map((splinter) => Buffer.from(splinter)),
  ),
  /** Moves a part of the document here too. */
  from: fc.option(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })),
});
const mutations = fc.array(mutation, { minLength: 1, maxLength: 6 });

function mutated(bytes: Buffer, changes: typeof mutations extends fc.Arbitrary<infer T> ? T : never): Buffer {
  let made = bytes;
  for (const { at, removed, added, from } of changes) {
    const place = Math.floor(at * made.length);
    const source = Math.floor((from ?? 0) * made.length);
    const moved = from === null ? Buffer.alloc(0) : made.subarray(source, source + 60);
    made = Buffer.concat([made.subarray(0, place), added, moved, made.subarray(place + removed)]);
  }
  return made;
}

const PARTS =
  'w:p w:r w:pPr w:rPr w:tbl w:tr w:tc w:trPr w:ins w:del w:pict w:txbxContent mc:AlternateContent mc:Fallback'.split(
    ' ',
  );
const SAYINGS = [
  '<w:t>a 😀</w:t>',
  '<w:t xml:space="preserve"> </w:t>',
  '<w:br/>',
  '<w:vanish/>',
  '<w:tblHeader/>',
  '<w:numPr/>',
];

/** Elements of Word, each anywhere. */
const trees = fc.letrec<{ node: string; element: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 7 },
    fc.constantFrom(...SAYINGS, '<w:outlineLvl w:val="0"/>'),
    tie('element'),
    tie('element'),
  ),
  element: fc
    .tuple(fc.constantFrom(...PARTS), fc.array(tie('node'), { maxLength: 4 }))
    .map(([name, content]) => `<${name}>${content.join('')}</${name}>`),
})).element;

/** Reads a document and says whether it could be read. */
async function isRead(bytes: Uint8Array, format: string): Promise<boolean> {
  const began = process.cpuUsage();
  try {
    expect(brokenPromises(await extracted(bytes, format))).toEqual([]);
    return true;
  } catch (error) {
    if (!(error instanceof DocumentFailure)) throw error;
    return false;
  } finally {
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1_000).toBeLessThan(MOST_WORK_MS);
  }
}

// What fails is shown with its seed, by which it is made again: fc.assert(…, { seed }).
describe('a document whose bytes went wrong', () => {
  it.each<[string, Buffer | string, number]>([
    ['txt', MARKDOWN, 60],
    ['md', MARKDOWN, 150],
    ['json', '{"a": [1, "b\\u00e9 😀"]}', 40],
    ['csv', CSV, 150],
    ['html', HTML, 150],
    ['pdf', PDF, 25],
  ])('gives a text that keeps its promises, or is refused: %s', async (format, original, numRuns) => {
    const bytes = Buffer.from(original);
    expect(await isRead(bytes, format)).toBe(true);
    let read = 0;
    const reads = fc.asyncProperty(mutations, async (changes) => {
      read += Number(await isRead(mutated(bytes, changes), format));
    });
    await fc.assert(reads, { numRuns });
    expect(read).toBeGreaterThan(numRuns / 20);
  });

  it('gives a text that keeps its promises, or is refused: docx', async () => {
    const whole = await makeDocx({ body: BODY });
    expect(await isRead(whole, 'docx')).toBe(true);
    const reads = fc.asyncProperty(mutations, fc.boolean(), async (changes, isInside) => {
      const document = Buffer.from(partXml('w:document', `<w:body>${BODY}</w:body>`));
      const parts = { 'word/document.xml': mutated(document, changes) };
      await isRead(isInside ? await makeDocx({ body: '', parts }) : mutated(whole, changes), 'docx');
    });
    await fc.assert(reads, { numRuns: 80 });
  });

  it('gives a text that keeps its promises whatever stands in what: docx', async () => {
    const reads = fc.asyncProperty(trees, async (body) => {
      expect(await isRead(await makeDocx({ body }), 'docx')).toBe(true);
    });
    await fc.assert(reads, { numRuns: 150 });
  });

  it('gives a text that keeps its promises whatever its elements are', async () => {
    const names =
      'p h1 h2 h6 li ul ol table tr td th pre br hr div b title head body main svg nav a button select'.split(
        ' ',
      );
    const tag = fc
      .tuple(fc.constantFrom('<', '</'), fc.constantFrom(...names))
      .map(([sign, name]) => `${sign}${name}>`);
    const words = fc.string({
      unit: fc.constantFrom('a', ' ', '\n', '\t', '\u00a0', '😀', '&nbsp;', '&#13;'),
      maxLength: 4,
    });
    const pages = fc.array(fc.oneof(tag, words), { maxLength: 60 }).map((pieces) => pieces.join(''));
    const reads = fc.asyncProperty(pages, async (page) =>
      expect(await isRead(Buffer.from(page), 'html')).toBe(true),
    );
    await fc.assert(reads, { numRuns: 300 });
  });

  it('gives a text that keeps its promises whatever it says', async () => {
    const texts = fc.string({
      unit: fc.constantFrom(
        'a',
        '#',
        '-',
        '=',
        ' ',
        '\n',
        '\t',
        '`',
        '|',
        '\u2028',
        '\u0085',
        '\u00ad',
        '\u3000',
      ),
      maxLength: 60,
    });
    const reads = fc.asyncProperty(texts, fc.constantFrom('md', 'txt', 'csv'), async (text, format) => {
      expect(await isRead(Buffer.from(text), format)).toBe(true);
    });
    await fc.assert(reads, { numRuns: 500 });
  });
});
