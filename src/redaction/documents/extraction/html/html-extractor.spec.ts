import { brokenPromises, extracted, tablesOf, titlesOf } from '../testing/extracted.js';

const of = (html: string) => extracted(html, 'html');
const textOf = async (html: string): Promise<string> => (await of(html)).text;

describe('the text of a page', () => {
  it('is what it says, in order, with its titles', async () => {
    const document = await of(`<!doctype html><html><head><title> The
      page </title></head><body><h1>Big <em>news</em></h1><p>One   of
      <b>th</b>em.<br>Below.</p>loose<div>div<div>inner</div>after</div><h3><button>Why?</button></h3><p>Because &amp; so.
      </body></html>`);
    expect(document.text).toBe(
      'Big news\n\nOne of them.\nBelow.\n\nloose\n\ndiv\n\ninner\n\nafter\n\nWhy?\n\nBecause & so.',
    );
    expect(titlesOf(document)).toEqual([
      ['Big news', 1],
      ['Why?', 3],
    ]);
    expect(document).toMatchObject({ title: 'The page', pages: [], pageCount: null });
    expect(brokenPromises(document)).toEqual([]);
  });

  it.each([
    '<script>SECRET</script>',
    '<script type="text/template"><p>SECRET</p></script>',
    '<style>p { content: "SECRET" }</style>',
    '<!-- > SECRET -- <p>SECRET</p> -->',
    '<!--[if IE]><p>SECRET</p><![endif]-->',
    '<![CDATA[SECRET]]>',
    '<?php SECRET ?>',
    '<p hidden>SECRET</p>',
    '<div hidden><br><img><p>SECRET<p>SECRET</div>',
    '<div style="color:red; DISPLAY : none!important">SECRET</div>',
    '<span style="visibility:hidden">SECRET</span>',
    '<i aria-hidden="true">SECRET</i>',
    '<template><p>SECRET</template>',
    '<noscript>SECRET</noscript>',
    '<svg><title>SECRET</title><text>SECRET</text><path/></svg>',
    '<nav><a>SECRET</a></nav>',
    '<ul role="navigation"><li>SECRET</ul>',
    '<footer>SECRET</footer>',
    '<dialog>SECRET</dialog>',
    '<select><option>SECRET</select>',
    '<textarea>SECRET</textarea>',
    '<button>SECRET</button>',
    '<p title="SECRET" data-x="SECRET">',
    '<input value=SECRET><img alt="SECRET" src="SECRET">',
    '<table hidden><tr><td>SECRET</table>',
  ])('has nothing that readers do not see: %s', async (part) => {
    expect((await textOf(`<p>before</p>${part}<p>after</p>`)).split(/\s+/)).toEqual(['before', 'after']);
  });

  it('has what stands in a page that never ends its head', async () => {
    const document = await of('<html><head><title>T</title><meta charset=utf-8><p>Said.<h2>Title</h2>more');
    expect(document.text).toBe('Said.\n\nTitle\n\nmore');
    expect(document.title).toBe('T');
  });

  it('takes nothing for a title or an item that only follows an empty one', async () => {
    const document = await of('<h2> <img></h2><p>text</p><ul><li></li></ul><p>more</p>');
    expect(document).toMatchObject({ text: 'text\n\nmore', headings: [] });
  });

  it('has the items of lists as lines, with their numbers and depth', async () => {
    const html = '<ol start=3><li>three<ul><li>inner<li><p>other</p></ul><li>four</ol><p>end';
    expect(await textOf(html)).toBe('3. three\n  - inner\n  - other\n4. four\n\nend');
  });

  it('keeps the lines of what is set as it is', async () => {
    expect(await textOf('<p>a<pre>\n  x\n    y\r\n</pre>b')).toBe('a\n\n  x\n    y\n\nb');
    expect(brokenPromises(await of('<pre>   first</pre>'))).toEqual([]);
  });

  it('has tables with their heads', async () => {
    const document = await of(`<table><caption>Prices</caption><thead><tr><td><th>2023<th>2024</thead>
      <tr><th>Tea<td>1<td>2</tr><tr><td>Milk<td>3<td><p>4</p><p>x</p></table>
      <table><tr><td>a<td>b<tr><td>c<td>d</table>`);
    expect(tablesOf(document)).toEqual([
      { header: '| 2023 | 2024', rows: ['| 2023 | 2024', 'Tea | 1 | 2', 'Milk | 3 | 4 x'] },
      { header: null, rows: ['a | b', 'c | d'] },
    ]);
    expect(document.text.startsWith('Prices\n\n')).toBe(true);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('has no tables where they only lay out a page', async () => {
    const document =
      await of(`<table role=presentation><tr><td>left<td><h2>Right</h2><table><caption>Inner</caption>
      <tr><th>k<th>v<tr><td>a<td>1</table></table>`);
    expect(document.text).toBe('left\n\nRight\n\nInner\n\nk | v\na | 1');
    expect(tablesOf(document)).toEqual([{ header: 'k | v', rows: ['k | v', 'a | 1'] }]);
    expect(titlesOf(document)).toEqual([['Right', 2]]);
  });

  it('is named by its first highest title where it has no name', async () => {
    const document = await of(
      `<svg><title>icon</title></svg><title> </title><h2>a</h2><h1>${'😀'.repeat(300)}</h1>`,
    );
    expect(document.title).toBe('😀'.repeat(250));
    expect((await of(`<title>a</title><p>b<title>c</title>`)).title).toBe('a');
  });

  it.each([
    ['windows-1252', [0x80, 0xe4, 0x93], '€ä“'],
    ['iso-8859-1', [0x80, 0xe4], '€ä'],
    ['koi8-r', [0xf0, 0xd2], 'Пр'],
    ['shift_jis', [0x93, 0xfa], '日'],
    ['no-such-thing', [0xc3, 0xa4], 'ä'],
    ['utf-16', [0xc3, 0xa4], 'ä'],
    ['koi8-r', [0xc3, 0xa4], 'ä'],
  ])('is read in the encoding that it states: %s', async (charset, bytes, text) => {
    const page = Buffer.concat([Buffer.from(`<meta charset="${charset}"><p>`), Buffer.from(bytes)]);
    expect((await extracted(page, 'html')).text).toBe(text);
  });

  it('is refused where elements stand in elements without end', async () => {
    await expect(of('<div>'.repeat(3_000))).rejects.toMatchObject({ code: 'DOCUMENT_TOO_COMPLEX' });
  });
});
