import { ZipFile } from 'yazl';
import { invent } from './personal-data.mjs';
import { createRandom } from './random.mjs';
import { loadTestSources } from './test-sources.mjs';

const TESTING = 'src/redaction/documents/pdf/testing';

/** Values on a page: so many lines hold one each, and as many hold none. */
export const HITS_PER_PAGE = 20;
const SPLIT_EVERY = 3;
const PERSONAL_EVERY = 10;

const NEUTRAL = [
  'Rainfall in the northern valleys was slightly above the average.',
  'Each valve is opened a quarter turn at a time until the pressure holds.',
  'A good index answers most questions without reading the table at all.',
  'Most of the cost lies in moving data, not in computing with it.',
];
const PERSONAL = [
  (p) => ['Please send the signed contract to ', p.email, ' before noon.'],
  (p) => ['Her social security number is ', p.ssn, ' and was checked.'],
];

const [bombs, { PdfBuilder }] = await loadTestSources([
  `${TESTING}/bombs.ts`,
  `${TESTING}/page.ts`,
  `${TESTING}/raw-pdf.ts`,
]);

/** Small files that ask for far more than they are, as the tests have them. */
export const { BOMBS } = bombs;

const literal = (text) => `(${text.replaceAll(/[\\()]/g, '\\$&')})`;

/** A PDF of so many pages, each of forty lines with twenty values. */
export function pdfOf(pages, seed) {
  const random = createRandom(seed);
  const builder = new PdfBuilder();
  for (let page = 0; page < pages; page++) {
    const lines = Array.from({ length: 2 * HITS_PER_PAGE }, (_, index) =>
      index % 2 === 0 ? random.pick(PERSONAL)(invent(random)).join('') : random.pick(NEUTRAL),
    );
    const shown = lines.map((line) => `${literal(line)} Tj 0 -16 Td`).join('\n');
    builder.page({ content: `BT /F1 11 Tf 72 740 Td\n${shown}\nET` });
  }
  return builder.finish();
}

const run = (text) =>
  `<w:r><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:sz w:val="22"/></w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;

const paragraph = (runs) =>
  `<w:p><w:pPr><w:spacing w:after="120"/><w:jc w:val="both"/></w:pPr>${runs.map(run).join('')}</w:p>`;

/** Every tenth paragraph holds a value, every third of which is split over two runs, as Word does it. */
function bodyOf(bytes, random) {
  const parts = [];
  let values = 0;
  for (let size = 0, index = 0; size < bytes; index++) {
    let runs = [random.pick(NEUTRAL), ' ', random.pick(NEUTRAL)];
    if (index % PERSONAL_EVERY === 0) {
      const [before, value, after] = random.pick(PERSONAL)(invent(random));
      const cut = values % SPLIT_EVERY === 0 ? Math.floor(value.length / 2) : value.length;
      runs = [before, value.slice(0, cut), value.slice(cut), after].filter((text) => text !== '');
      values++;
    }
    const next = paragraph(runs);
    parts.push(next);
    size += next.length;
  }
  return { xml: parts.join(''), values };
}

const TYPES =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const RELATIONSHIPS =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
  '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>';

/** A DOCX whose main part is so many bytes of XML, and how many values are in it. */
export async function docxOf(bytes, seed) {
  const { xml, values } = bodyOf(bytes, createRandom(seed));
  const document =
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' +
    `<w:body>${xml}<w:sectPr><w:pgSz w:w="12240" w:h="15840"/></w:sectPr></w:body></w:document>`;
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(TYPES), '[Content_Types].xml');
  zip.addBuffer(Buffer.from(RELATIONSHIPS), '_rels/.rels');
  zip.addBuffer(Buffer.from(document), 'word/document.xml');
  zip.end();
  return { bytes: Buffer.concat(await zip.outputStream.toArray()), values };
}
