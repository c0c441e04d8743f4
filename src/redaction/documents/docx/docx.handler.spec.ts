import { PatternDeadlineError } from '../../engine/custom-pattern.js';
import { tooManyFindings } from '../../engine/engine-error.js';
import type { DocumentTask, Step } from '../document-handler.js';
import { DocxHandler } from './docx.handler.js';
import { makeCarriers } from './testing/carriers.js';
import { makeDocx, NAMESPACES, paragraph, partXml, run } from './testing/docx-maker.js';
import { makePng } from './testing/images.js';
import { textOf } from './testing/read-text.js';
import { taskWith } from './testing/task.js';
import { haystack, holds, unzip } from './testing/unzip.js';

const handler = new DocxHandler();
const SSN = '219-09-9999';

const redacted = async (body: string, changes: Parameters<typeof taskWith>[0] = {}) =>
  textOf((await handler.redact(await makeDocx({ body }), taskWith(changes))).bytes);
const xmlOf = async (body: string): Promise<string> => {
  const { bytes } = await handler.redact(await makeDocx({ body }), taskWith());
  return (
    unzip(bytes)
      .get('word/document.xml')
      ?.toString('utf8')
      .replace(/^.*<w:body>/s, '') ?? ''
  );
};

describe('every place of a Word document', () => {
  it.each([false, true])('gives up nothing (strict: %s)', async (strict) => {
    const { bytes, carriers } = await makeCarriers(makePng);
    const before = haystack(bytes);
    const { bytes: after, report } = await handler.redact(bytes, taskWith({ strict }));
    const pieces = haystack(after);
    expect(carriers.length).toBeGreaterThan(75);
    expect(carriers.filter(({ value }) => !holds(before, value)).map(({ name }) => name)).toEqual([]);
    expect(carriers.filter(({ value }) => holds(pieces, value)).map(({ name }) => name)).toEqual([]);
    for (const word of ['Zebulon', 'Quackenbush']) expect(holds(pieces, word)).toBe(false);
    const media = [...unzip(after).keys()].filter((name) => name.startsWith('word/media/'));
    expect(media).toEqual(
      strict ? ['word/media/removed.png'] : ['word/media/image2.png', 'word/media/removed.png'],
    );
    expect(report.residual_risks).toEqual(strict ? [] : ['IMAGES_NOT_READ']);
  });

  it('keeps the text around', async () => {
    const { bytes } = await makeCarriers(makePng);
    const { bytes: after, report } = await handler.redact(bytes, taskWith());
    const [source, result] = [textOf(bytes), textOf(after)];
    for (const label of source.match(/\bK\d\d?(?!\d)|k\d+|kept24|tagged|base|write|merged|author|linked/g) ??
      [])
      expect(result).toContain(label);
    expect(report.characters_lost).toBe(0);
  });

  it('is told in the report', async () => {
    const { bytes } = await makeCarriers(makePng);
    const { report } = await handler.redact(bytes, taskWith());
    expect(report).toMatchObject({
      format: 'docx',
      pages: null,
      regions: 0,
      native_pages: 0,
      raster_pages: 0,
    });
    expect(report.entities.map(({ type }) => type)).toEqual(['SSN', 'SEARCH_TERM']);
    expect(report.redactions).toBe(report.entities.reduce((sum, { count }) => sum + count, 0));
    const kinds = report.removed.map(({ kind }) => kind);
    expect(kinds).toEqual(
      expect.arrayContaining(['metadata', 'links', 'bookmarks', 'form_fields', 'tags', 'thumbnails']),
    );
    expect(kinds).toEqual(
      expect.arrayContaining(['comments', 'tracked_changes', 'embedded_objects', 'custom_data']),
    );
    expect(kinds).toEqual(
      expect.arrayContaining([
        'external_references',
        'macros',
        'identifiers',
        'foreign_bytes',
        'image_metadata',
      ]),
    );
    expect(report.verification.checks.every(({ passed }) => passed)).toBe(true);
    expect(JSON.stringify(report)).not.toMatch(/219-09|Zebulon/);
  });
});

describe('a value', () => {
  it('gives way to a placeholder of one length, which looks as its beginning did', async () => {
    expect(
      await xmlOf(paragraph(run('see '), run('Zebu', '<w:b/>'), run('lon Quacken', '<w:i/>'), run('bush z'))),
    ).toBe(
      '<w:p><w:r><w:t xml:space="preserve">see </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">[SEARCH_TERM]</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve"/></w:r><w:r><w:t xml:space="preserve"> z</w:t></w:r></w:p></w:body></w:document>',
    );
  });

  it('gets the placeholder that the policy asks for', async () => {
    const body = paragraph(run(`${SSN} and 219-09-9998 and ${SSN}`));
    expect(await redacted(body, { placeholders: { placeholder: '<{type}>' } })).toBe(
      '<SSN> and <SSN> and <SSN>\n',
    );
    expect(await redacted(body, { placeholders: { preserveContext: true } })).toBe(
      '[SSN_1] and [SSN_2] and [SSN_1]\n',
    );
    expect(await redacted(body, { placeholders: { placeholder: '\u0000&"x' } })).toBe(
      '&"x and &"x and &"x\n',
    );
  });

  it('may read like what comes in its place', async () => {
    expect(
      await redacted(paragraph(run('a name b')), {
        searchTerms: ['name'],
        placeholders: { placeholder: 'NAME!' },
      }),
    ).toBe('a NAME! b\n');
    expect(
      await redacted(paragraph(run('a NAME b')), {
        searchTerms: ['name'],
        placeholders: { placeholder: 'NAME' },
      }),
    ).toBe('a [REDACTED] b\n');
  });

  it('is removed in every part once it is found in one', async () => {
    const bytes = await makeDocx({
      body: `${paragraph(run('His SSN is 219099999.'))}${paragraph(run('Number 219099999 again'))}`,
      links: [{ id: 'h', kind: 'header', target: 'h.xml' }],
      parts: { 'word/h.xml': partXml('w:hdr', paragraph(run('219099999'))) },
    });
    const { bytes: after } = await handler.redact(bytes, taskWith());
    expect(textOf(after)).toBe('His SSN is [SSN_REDACTED].\nNumber [SSN_REDACTED] again\n');
    expect(textOf(after, 'word/header1.xml')).toBe('[SSN_REDACTED]\n');
  });

  it('may stretch over paragraphs', async () => {
    const key = [
      '-----BEGIN PRIVATE KEY-----',
      'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7',
      'x'.repeat(64),
      '-----END PRIVATE KEY-----',
    ];
    const text = await redacted(['before', ...key, 'after'].map((line) => paragraph(run(line))).join(''));
    expect(text).toBe('before\n[PRIVATE_KEY]\n\n\n\nafter\n');
  });

  it('does not stretch over cells, but is known by the head of its column', async () => {
    const row = (...cells: string[]): string =>
      `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(run(cell))}</w:tc>`).join('')}</w:tr>`;
    const table = `<w:tbl>${row('SSN', 'Amount')}${row('219099999', '219099997')}${row('219099998', '219099996')}</w:tbl>`;
    expect(await redacted(table)).toBe('SSN\nAmount\n[SSN_REDACTED]\n219099997\n[SSN_REDACTED]\n219099996\n');
    const halves = `<w:tbl>${row('219-09', '-9999')}</w:tbl>`;
    expect(await redacted(halves)).toBe('219-09\n-9999\n');
  });

  it('does not survive in part where a change is tracked', async () => {
    const change = (kind: string, text: string): string =>
      `<w:${kind} w:id="1" w:author="A">${kind === 'del' ? run(text).replaceAll('w:t>', 'w:delText>').replace('<w:t ', '<w:delText ') : run(text)}</w:${kind}>`;
    expect(
      await redacted(paragraph(run('x 219-09'), change('del', '-9999'), change('ins', ' none'), run(' y'))),
    ).toBe('x [SSN_REDACTED] none y\n');
    expect(
      await redacted(paragraph(run('x Zebulon '), change('del', 'Jones'), change('ins', 'Quackenbush'))),
    ).toBe('x [SEARCH_TERM]\n');
    expect(await redacted(paragraph(run('x '), change('del', `old ${SSN}`), run('y')))).toBe('x y\n');
  });

  it('is whole again where the end of a paragraph is deleted', async () => {
    const mark = '<w:pPr><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr>';
    expect(await redacted(paragraph(mark, run('x 219-09')) + paragraph(run('-9999 y')))).toBe(
      'x [SSN_REDACTED]\n y\n',
    );
  });

  it('stays where the policy says nothing of it', async () => {
    expect(await redacted(paragraph(run('Nothing &lt;here&gt; &amp; there')))).toBe(
      'Nothing <here> & there\n',
    );
  });
});

describe('markup', () => {
  it('is written under its usual prefixes, whatever the document calls them', async () => {
    const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
    const STRICT = 'http://purl.oclc.org/ooxml/wordprocessingml/main';
    for (const [main, uri] of [
      [
        `<zebulon:document xmlns:zebulon="${W}"><zebulon:body><zebulon:p><zebulon:r><zebulon:t>a ${SSN}</zebulon:t></zebulon:r></zebulon:p></zebulon:body></zebulon:document>`,
        W,
      ],
      [`<document xmlns="${STRICT}"><body><p><r><t>a ${SSN}</t></r></p></body></document>`, STRICT],
    ] as const) {
      const { bytes } = await handler.redact(
        await makeDocx({ body: '', parts: { 'word/document.xml': main } }),
        taskWith(),
      );
      expect(unzip(bytes).get('word/document.xml')?.toString()).toBe(
        `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="${uri}"><w:body><w:p><w:r><w:t xml:space="preserve">a [SSN_REDACTED]</w:t></w:r></w:p></w:body></w:document>`,
      );
    }
  });

  it('says nothing by its own names and numbers', async () => {
    const xml = await xmlOf(
      paragraph(
        run('x'),
        '<w:ZebulonQuackenbush/><w:b w:ZebulonQ="1" zebulon.q="2" w:n219099999="3"/><w:w219099999>4</w:w219099999>',
        '<w:r><w:pict><v:shape id="a" style="width:5pt;font-family:&quot;Zebulon Quackenbush&quot;;x:&quot;Jane Roe&quot;;z-index:251659264"/></w:pict></w:r>',
        '<w:r><w:drawing><wp:anchor><wp:positionH><wp:posOffset>-12</wp:posOffset><wp:align>left</wp:align><wp:align>Jane Roe</wp:align></wp:positionH></wp:anchor></w:drawing></w:r>',
      ),
    );
    expect(xml).toBe(
      '<w:p><w:r><w:t xml:space="preserve">x</w:t></w:r><w:b/><w:r><w:pict><v:shape id="a" style="width:5pt;z-index:251659264"/></w:pict></w:r><w:r><w:drawing><wp:anchor><wp:positionH><wp:posOffset>-12</wp:posOffset><wp:align>left</wp:align><wp:align/></wp:positionH></wp:anchor></w:drawing></w:r></w:p></w:body></w:document>',
    );
  });

  it('reads UTF-16', async () => {
    const xml = `\ufeff<?xml version="1.0" encoding="UTF-16"?><w:document ${NAMESPACES}><w:body>${paragraph(run(`é ${SSN}`))}</w:body></w:document>`;
    for (const part of [Buffer.from(xml, 'utf16le'), Buffer.from(xml, 'utf16le').swap16()]) {
      const { bytes } = await handler.redact(
        await makeDocx({ body: '', parts: { 'word/document.xml': part } }),
        taskWith(),
      );
      expect(textOf(bytes)).toBe('é [SSN_REDACTED]\n');
    }
  });

  it('keeps page numbers and turns other fields into their results', async () => {
    const field = (code: string, result: string): string =>
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>${code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    const xml = await xmlOf(
      paragraph(field(' PAGE ', '1'), field(' NUMPAGES \\* MERGEFORMAT ', '2'), field(' DATE ', '3')),
    );
    expect(xml.match(/fldCharType="begin"/g)).toHaveLength(2);
    expect(xml.match(/<w:instrText>[^<]*/g)).toEqual([
      '<w:instrText> PAGE ',
      '<w:instrText> NUMPAGES \\* MERGEFORMAT ',
    ]);
    expect(xml).toContain('>3</w:t>');
    expect(
      await xmlOf(
        paragraph(
          run('a'),
          '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        ),
      ),
    ).not.toContain('fldChar');
  });

  it('prefers a fallback to a choice that is not understood', async () => {
    const alternatives = (required: string): string =>
      `<w:r><mc:AlternateContent><mc:Choice Requires="${required}"><w:t>choice</w:t></mc:Choice><mc:Fallback><w:t>fallback</w:t></mc:Fallback></mc:AlternateContent></w:r>`;
    expect(await xmlOf(paragraph(alternatives('w15')))).toContain(
      '<w:r><w:t xml:space="preserve">fallback</w:t></w:r>',
    );
    expect(await xmlOf(paragraph(alternatives('wps')))).toContain(
      '<mc:AlternateContent><mc:Choice Requires="wps"><w:t xml:space="preserve">choice',
    );
  });
});

describe('a task', () => {
  it('is told of progress and inspects without removing', async () => {
    const bytes = await makeDocx({ body: paragraph(run(`Zebulon Quackenbush, ${SSN}`)) });
    const steps: Step[] = [];
    const { pages, findings } = await handler.inspect(bytes, taskWith({}, steps));
    expect(pages).toBeNull();
    expect(findings).toEqual([
      { type: 'SEARCH_TERM', confidence: 1, text: 'Zebulon Quackenbush', page: null, areas: [] },
      { type: 'SSN', confidence: expect.any(Number), text: SSN, page: null, areas: [] },
    ]);
    await handler.redact(bytes, taskWith({}, steps));
    expect(new Set(steps.map(({ stage }) => stage))).toEqual(
      new Set(['reading', 'finding', 'removing', 'verifying']),
    );
  });

  it.each([
    ['REGIONS_UNSUPPORTED', taskWith({ regions: [{ x: 0, y: 0, width: 1, height: 1 }] })],
    ['PATTERN_TOO_COSTLY', failing(new PatternDeadlineError('P'))],
    ['DOCUMENT_TOO_LARGE', failing(tooManyFindings())],
  ])('may end in %s', async (code, task) => {
    const bytes = await makeDocx({ body: paragraph(run('text')) });
    await expect(handler.redact(bytes, task)).rejects.toMatchObject({ name: 'DocumentFailure', code });
    await expect(handler.inspect(bytes, task)).rejects.toMatchObject({ name: 'DocumentFailure', code });
  });

  it('refuses pictures without text, and takes an empty document', async () => {
    const picture = '<w:r><w:drawing><wp:inline/></w:drawing></w:r>';
    const object = '<w:r><w:object/></w:r>';
    for (const content of [picture, object]) {
      const bytes = await makeDocx({ body: paragraph(content) });
      await expect(handler.inspect(bytes, taskWith())).rejects.toMatchObject({
        code: 'DOCUMENT_WITHOUT_TEXT',
      });
    }
    const { report } = await handler.redact(await makeDocx({ body: paragraph() }), taskWith());
    expect(report.redactions).toBe(0);
  });

  it('breaks a signature unless the policy is strict', async () => {
    const origin = {
      id: 'rIdS',
      kind: 'http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin',
      target: '_xmlsignatures/origin.sigs',
    };
    const bytes = await makeDocx({
      body: paragraph(run('x')),
      roots: [origin],
      parts: { '_xmlsignatures/origin.sigs': '' },
    });
    expect((await handler.redact(bytes, taskWith())).report).toMatchObject({
      residual_risks: ['SIGNATURES_LOST'],
      removed: [{ kind: 'signatures', count: 1 }],
    });
    await expect(handler.redact(bytes, taskWith({ strict: true }))).rejects.toMatchObject({
      code: 'DOCUMENT_SIGNED',
    });
  });

  it('gives the same bytes each time', async () => {
    const bytes = await makeDocx({ body: paragraph(run(SSN)) });
    const [first, second] = [
      await handler.redact(bytes, taskWith()),
      await handler.redact(bytes, taskWith()),
    ];
    expect(Buffer.from(first.bytes).equals(Buffer.from(second.bytes))).toBe(true);
  });
});

function failing(error: Error): DocumentTask {
  const detector = {
    // biome-ignore lint/correctness/useYield: it fails before
    *find(): Generator<void, never> {
      throw error;
    },
  };
  return { ...taskWith(), detector };
}
