import { linksXml, type MadeDocx, makeDocx, paragraph, partXml, run } from './docx-maker.js';

/** Something a document carries, each with a number of its own so that a leak names its carrier. */
export interface Carrier {
  readonly name: string;
  readonly value: string;
}

const carriers: Carrier[] = [];

/** An invented number of the form of a US social security number; its last digits are the carrier's. */
function plant(name: string): string {
  const value = `219-09-${String(9000 + carriers.length)}`;
  carriers.push({ name, value });
  return value;
}

/** Halves and the like: a value in as many pieces as asked for. */
const split = (value: string, ...places: number[]): string[] =>
  [0, ...places].map((place, index) => value.slice(place, [...places, value.length][index]));

const deleted = (text: string): string =>
  `<w:del w:id="1" w:author="${plant('author of a deletion')}" w:date="2024-01-01T00:00:00Z"><w:r><w:delText>${text}</w:delText></w:r></w:del>`;
const inserted = (text: string): string =>
  `<w:ins w:id="2" w:author="Ann" w:date="2024-01-01T00:00:00Z">${run(text)}</w:ins>`;
const field = (code: string, result: string): string =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">${code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
const textBox = (text: string): string =>
  `<w:drawing><wp:inline><wp:docPr id="1" name="${plant('name of a shape')}" descr="${plant('alternative text')}" title="${plant('title of a shape')}"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx><w:txbxContent>${paragraph(run(text))}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>`;
const vmlBox = (text: string): string =>
  `<w:pict><v:shape id="_x0000_s1026" type="#_x0000_t202" alt="${plant('alternative text of VML')}" style="width:10pt" o:title="${plant('title of VML')}"><v:textbox><w:txbxContent>${paragraph(run(text))}</w:txbxContent></v:textbox></v:shape></w:pict>`;

function runCarriers(): string[] {
  const [a = '', b = '', c = ''] = split(plant('split over runs'), 2, 7);
  const [d = '', e = ''] = split(plant('split by a proofing mark and a bookmark'), 5);
  const hyphens = plant('with non-breaking hyphens')
    .split('-')
    .map((part) => run(part));
  const soft = split(plant('with soft hyphens'), 1, 8).map((part) => run(part));
  const entity = plant('spelled by character references');
  const references = [...entity].map((character) => `&#${character.charCodeAt(0)};`).join('');
  return [
    paragraph(run('K1 '), run(a, '<w:b/>'), run(b), run(c, '<w:i/>'), run(' k1')),
    paragraph(
      run('K2 '),
      run(d),
      '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="3" w:name="x"/>',
      run(e),
    ),
    paragraph(run('K3 '), hyphens.join('<w:r><w:noBreakHyphen/></w:r>')),
    paragraph(run('K4 '), soft.join('<w:r><w:softHyphen/></w:r>')),
    paragraph(run('K5 Zebulon'), '<w:r><w:tab/></w:r>', run('Quackenbush')),
    paragraph(run('K6 '), run(plant('hidden text'), '<w:vanish/>')),
    paragraph(run(`K7 ${references}`)),
    paragraph(run(`K8 <![CDATA[${plant('a CDATA section')}]]>`)),
    paragraph(
      run(
        `K9 ${plant('text')}<!-- ${plant('an XML comment')} --><?app ${plant('a processing instruction')}?>`,
      ),
    ),
    paragraph(
      run('K10 '),
      `<w:smartTag w:uri="urn:x" w:element="${plant('a smart tag')}">${run('tagged')}</w:smartTag>`,
    ),
    paragraph(run('K11 '), `<m:oMath><m:r><m:t>${plant('a formula')}</m:t></m:r></m:oMath>`),
    paragraph(
      run('K12 '),
      `<w:r><w:ruby><w:rt>${run(plant('a ruby text'))}</w:rt><w:rubyBase>${run('base')}</w:rubyBase></w:ruby></w:r>`,
    ),
  ];
}

function changeCarriers(): string[] {
  const [a = '', b = '', c = ''] = split(plant('around a deletion'), 4, 7);
  const [d = '', e = ''] = split(plant('half deleted'), 7);
  const [f = '', g = ''] = split(plant('half inserted'), 7);
  return [
    paragraph(run('K20 '), run(a), deleted('999'), run(b), run(c)),
    paragraph(run('K21 '), run(d), deleted(e), run(' k21')),
    paragraph(run('K22 '), run(f), inserted(g)),
    paragraph(run('K23 '), deleted(plant('deleted text'))),
    paragraph(
      run('K24 '),
      `<w:moveFrom w:id="9" w:author="A"><w:r><w:t>${plant('moved text')}</w:t></w:r></w:moveFrom>`,
      `<w:r><w:rPr><w:b/><w:rPrChange w:id="5" w:author="${plant('author of a format')}"><w:rPr/></w:rPrChange></w:rPr><w:t>kept24</w:t></w:r>`,
    ),
  ];
}

function fieldCarriers(): string[] {
  const [a = '', b = ''] = split(plant('a field code in two runs'), 6);
  return [
    paragraph(run('K30 '), field(` HYPERLINK "mailto:${plant('a field code')}" `, 'write')),
    paragraph(run('K31 '), field(` MERGEFIELD ${a}</w:instrText></w:r><w:r><w:instrText>${b} `, 'merged')),
    paragraph(run('K32 '), field(' PAGE ', plant('a result of a field'))),
    paragraph(
      run('K33 '),
      `<w:fldSimple w:instr=" AUTHOR ${plant('a simple field')} ">${run('author')}</w:fldSimple>`,
    ),
    paragraph(
      run('K34 '),
      `<w:hyperlink r:id="rIdMail" w:tooltip="${plant('a tooltip')}" w:anchor="${plant('an anchor')}">${run('linked')}</w:hyperlink>`,
      `<w:bookmarkStart w:id="7" w:name="${plant('a bookmark')}"/><w:bookmarkEnd w:id="7"/>`,
    ),
    paragraph(
      run('K35 '),
      `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="${plant('name of a form field')}"/><w:textInput><w:default w:val="${plant('default of a form field')}"/></w:textInput></w:ffData></w:fldChar></w:r>`,
    ),
  ];
}

function blockCarriers(): string[] {
  const cell = (content: string): string => `<w:tc><w:tcPr/>${content}</w:tc>`;
  return [
    `<w:tbl><w:tblPr><w:tblCaption w:val="${plant('a caption of a table')}"/></w:tblPr><w:tr>${cell(paragraph(run('K40 left')))}${cell(paragraph(run(plant('a cell'))))}</w:tr></w:tbl>`,
    `<w:sdt><w:sdtPr><w:alias w:val="${plant('an alias')}"/><w:tag w:val="${plant('a tag')}"/><w:dropDownList><w:listItem w:displayText="${plant('an item of a list')}" w:value="1"/></w:dropDownList></w:sdtPr><w:sdtContent>${paragraph(run(`K41 ${plant('content control')}`))}</w:sdtContent></w:sdt>`,
    paragraph(
      `<w:r><mc:AlternateContent><mc:Choice Requires="wps">${textBox(`K42 ${plant('a text box')}`)}</mc:Choice><mc:Fallback>${vmlBox(`K42 ${plant('a text box in VML')}`)}</mc:Fallback></mc:AlternateContent></w:r>`,
    ),
    paragraph(
      `<w:r><w:pict><v:shape id="art" style="width:1pt"><v:textpath string="${plant('letters of WordArt')}"/></v:shape></w:pict></w:r>`,
    ),
    paragraph(
      run('K43'),
      `<w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>`,
      `<w:r><w:object><v:shape id="ole"><v:imagedata r:id="rIdEmf" o:title="${plant('title of an object')}"/></v:shape><o:OLEObject ProgID="${plant('an OLE object')}" r:id="rIdOle"/></w:object></w:r>`,
    ),
    `<w:altChunk r:id="rIdChunk"/>`,
    paragraph(
      run('K44'),
      `<w15:unknown w15:val="${plant('an unknown element')}">${plant('text of an unknown element')}</w15:unknown>`,
    ),
    paragraph(
      run('K45'),
      `<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="chart"><c:chart r:id="rIdChart"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
    ),
    paragraph(
      '<w:r><w:drawing><wp:inline><wp:docPr id="4" name=""/><a:graphic><a:graphicData uri="picture"><pic:pic><pic:blipFill><a:blip r:embed="rIdPng"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
    ),
    `<w:p w:rsidR="${plant('a revision id')}" w14:paraId="${plant('an id of a paragraph')}"><w:pPr><w:pStyle w:val="S${plant('an id of a style')}"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>${run('K46')}</w:p>`,
    paragraph(
      run('K47'),
      '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>',
    ),
    '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/><w:footerReference w:type="default" r:id="rIdFooter"/></w:sectPr>',
  ];
}

function keptParts(png: Uint8Array): Record<string, string | Uint8Array> {
  const styleId = carriers.find(({ name }) => name === 'an id of a style')?.value ?? '';
  return {
    'word/header1.xml': partXml('w:hdr', paragraph(run(`K50 ${plant('a header')}`))),
    'word/footer1.xml': partXml('w:ftr', paragraph(run(`K51 ${plant('a footer')}`))),
    'word/footnotes.xml': partXml(
      'w:footnotes',
      `<w:footnote w:id="2">${paragraph(run(`K52 ${plant('a footnote')}`))}</w:footnote>`,
    ),
    'word/endnotes.xml': partXml(
      'w:endnotes',
      `<w:endnote w:id="2">${paragraph(run(`K53 ${plant('an endnote')}`))}</w:endnote>`,
    ),
    'word/comments.xml': partXml(
      'w:comments',
      `<w:comment w:id="0" w:author="${plant('author of a comment')}" w:initials="ZQ">${paragraph(run(plant('a comment')))}</w:comment>`,
    ),
    'word/people.xml': `<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:person w15:author="${plant('a person')}"/></w15:people>`,
    'word/styles.xml': partXml(
      'w:styles',
      `<w:style w:type="paragraph" w:styleId="S${styleId}"><w:name w:val="${plant('name of a style')}"/><w:rsid w:val="0A"/></w:style>`,
    ),
    'word/numbering.xml': partXml(
      'w:numbering',
      `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="%1 ${plant('label of a list')}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`,
    ),
    'word/settings.xml': partXml(
      'w:settings',
      `<w:zoom w:percent="100"/><w:mailMerge><w:query w:val="${plant('mail merge')}"/></w:mailMerge><w:docVars><w:docVar w:name="x" w:val="${plant('a variable')}"/></w:docVars>`,
    ),
    'word/_rels/settings.xml.rels': linksXml([
      {
        id: 'rId1',
        kind: 'attachedTemplate',
        target: `file:///c:/${plant('a template')}.dotx`,
        isExternal: true,
      },
    ]),
    'word/fontTable.xml': partXml(
      'w:fonts',
      `<w:font w:name="${plant('name of a font')}"><w:panose1 w:val="020F0502020204030204"/></w:font>`,
    ),
    'word/theme/theme1.xml': partXml('a:theme', '<a:themeElements/>', ` name="${plant('name of a theme')}"`),
    [`word/media/${plant('name of an image')}.png`]: png,
  };
}

/** Parts that are left behind. */
function foreignParts(): Record<string, string | Uint8Array> {
  return {
    'word/webSettings.xml': partXml(
      'w:webSettings',
      `<w:divs><w:div w:id="${plant('web settings')}"/></w:divs>`,
    ),
    'word/glossary/document.xml': partXml('w:glossaryDocument', paragraph(run(plant('a glossary')))),
    'word/embeddings/oleObject1.bin': plant('bytes of an OLE object'),
    'word/charts/chart1.xml': `<c>${plant('a chart')}</c>`,
    'word/afchunk.htm': `<p>${plant('an imported file')}</p>`,
    'word/media/image1.emf': plant('a metafile'),
    'word/vbaProject.bin': plant('macros'),
    'customXml/item1.xml': `<x>${plant('custom XML')}</x>`,
    'docProps/core.xml': `<c>${plant('core properties')}</c>`,
    'docProps/app.xml': `<c>${plant('application properties')}</c>`,
    'docProps/custom.xml': `<c>${plant('custom properties')}</c>`,
    'docProps/thumbnail.jpeg': plant('a thumbnail'),
    'word/orphan.xml': `<x>${plant('a part that nothing leads to')}</x>`,
    [`word/${plant('name of a part')}.xml`]: '<x/>',
  };
}

function linksOf(parts: Record<string, unknown>): NonNullable<MadeDocx['links']> {
  const image = Object.keys(parts).find((name) => name.endsWith('.png')) ?? '';
  const internal: readonly (readonly [string, string, string])[] = [
    ['rIdHeader', 'header', 'header1.xml'],
    ['rIdFooter', 'footer', 'footer1.xml'],
    ['rIdNotes', 'footnotes', 'footnotes.xml'],
    ['rIdEnds', 'endnotes', 'endnotes.xml'],
    ['rIdComments', 'comments', 'comments.xml'],
    ['rIdStyles', 'styles', 'styles.xml'],
    ['rIdNumbers', 'numbering', 'numbering.xml'],
    ['rIdSettings', 'settings', 'settings.xml'],
    ['rIdFonts', 'fontTable', 'fontTable.xml'],
    ['rIdTheme', 'theme', 'theme/theme1.xml'],
    ['rIdWeb', 'webSettings', 'webSettings.xml'],
    ['rIdGlossary', 'glossaryDocument', 'glossary/document.xml'],
    ['rIdOle', 'oleObject', 'embeddings/oleObject1.bin'],
    ['rIdChart', 'chart', 'charts/chart1.xml'],
    ['rIdChunk', 'aFChunk', 'afchunk.htm'],
    ['rIdEmf', 'image', 'media/image1.emf'],
    ['rIdPng', 'image', image.replace('word/', '')],
  ];
  return [
    ...internal.map(([id, kind, target]) => ({ id, kind, target })),
    { id: 'rIdMail', kind: 'hyperlink', target: `mailto:${plant('target of a link')}`, isExternal: true },
    {
      id: `rId${plant('id of a relationship')}`,
      kind: 'hyperlink',
      target: 'https://example.com',
      isExternal: true,
    },
  ];
}

/**
 * A document with a value in every place that is known to carry one.
 * @param image PNG made from the value it is given, for its metadata
 */
export async function makeCarriers(
  image: (value: string) => Uint8Array,
): Promise<{ bytes: Buffer; carriers: readonly Carrier[] }> {
  carriers.length = 0;
  const body = [...runCarriers(), ...changeCarriers(), ...fieldCarriers(), ...blockCarriers()].join('');
  const parts = { ...keptParts(image(plant('metadata of an image'))), ...foreignParts() };
  const links = linksOf(parts);
  const comment = `made by ${plant('comment of the ZIP')}`;
  return { bytes: await makeDocx({ body, parts, links, comment }), carriers: [...carriers] };
}
