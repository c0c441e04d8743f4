import { FurtherOccurrences } from '../../engine/occurrences/further-occurrences.js';
import { type Found } from '../found-tally.js';
import type { Part } from '../ooxml/package-writer.js';
import { writePackage } from '../ooxml/package-writer.js';
import { remnantsOf } from '../verification.js';
import { type Expected, verifyDocx } from './docx-verification.js';
import { paragraph, partXml, run } from './testing/docx-maker.js';
import { makePng } from './testing/images.js';

const FOUND: Found[] = [
  { type: 'PERSON', confidence: 0.9, text: 'Zebulon Quackenbush' },
  { type: 'US_SSN', confidence: 0.9, text: '219-09-9999' },
  { type: 'SEARCH_TERM', confidence: 1, text: 'center' },
];

async function failedChecks(
  parts: Record<string, string | Buffer>,
  changes: Partial<Expected> = {},
): Promise<string[]> {
  const written: Part[] = Object.entries(parts).map(([name, content]) => ({
    name,
    bytes: Buffer.from(content),
    compress: true,
  }));
  const checks = await verifyDocx(await writePackage(written), {
    names: Object.keys(parts),
    remnants: remnantsOf(FOUND),
    telling: new FurtherOccurrences(FOUND.slice(0, 2)),
    placeholders: new Set(['[SSN_REDACTED]']),
    characters: 0,
    ...changes,
  });
  return checks.filter(({ passed }) => !passed).map(({ name }) => name);
}
const body = (content: string): string => partXml('w:document', content);
const failedIn = (content: string, characters = 0): Promise<string[]> =>
  failedChecks({ 'word/document.xml': body(content) }, { characters });

describe('a finished document', () => {
  it('passes when it says nothing', async () => {
    const content = `${paragraph('<w:pPr><w:jc w:val="center"/></w:pPr>', run('[SSN_REDACTED] x'))}`;
    expect(await failedIn(content, 15)).toEqual([]);
  });

  it.each([
    ['in one run', paragraph(run('Zebulon Quackenbush')), 18, ['plain_text']],
    [
      'in any case, over runs',
      paragraph(run('x ZEB'), run('ULON quackenb'), run('ush y')),
      20,
      ['plain_text'],
    ],
    ['over lines', paragraph(run('Zebulon')) + paragraph(run('Quackenbush')), 18, ['plain_text']],
    [
      'with non-breaking hyphens',
      paragraph(run('219'), '<w:r><w:noBreakHyphen/></w:r>', run('09-9999')),
      10,
      ['plain_text'],
    ],
    ['without its hyphens', paragraph(run('219099999')), 9, ['plain_text']],
    ['in part', paragraph(run('see 219-09-99 x')), 13, ['plain_text']],
    ['in its other part', paragraph(run('see 9-09-9999 x')), 13, ['plain_text']],
    ['by references', paragraph(run('219&#45;09&#x2D;9999')), 11, ['plain_text']],
    ['as a lone word', paragraph(run('the center of')), 11, ['plain_text']],
    ['in an attribute', '<w:p w:x="a Zebulon&#32;Quackenbush"/>', 0, ['raw_bytes']],
    ['in a comment', '<!-- 219-09-9999 --><w:p/>', 0, ['raw_bytes']],
    ['by fewer characters', paragraph(run('kept')), 5, ['text_kept']],
  ])('is held back when it says a value %s', async (_, content, characters, expected) => {
    expect(await failedIn(content, characters)).toEqual(expected);
  });

  it('is held back when its XML is broken, or a part is too much or missing', async () => {
    expect(await failedChecks({ 'word/document.xml': '<w:document>' })).toEqual(['well_formed']);
    expect(await failedChecks({ 'word/document.xml': '<x/>' }, { names: [] })).toEqual(['parts']);
    expect(
      await failedChecks({ 'word/document.xml': '<x/>' }, { names: ['a', 'word/document.xml'] }),
    ).toEqual(['parts']);
  });

  it('is held back when a picture says a value', async () => {
    for (const content of [makePng('by Zebulon Quackenbush.'), Buffer.from('\u00e5 219-09-9999', 'utf16le')])
      expect(await failedChecks({ 'word/media/image1.png': content })).toEqual(['raw_bytes']);
    expect(await failedChecks({ 'word/media/image1.png': makePng('center') })).toEqual([]);
  });
});
