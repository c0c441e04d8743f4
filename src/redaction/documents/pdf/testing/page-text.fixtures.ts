import { carrier, type PdfFixture } from './fixture.js';
import { documentOf, line, literal } from './page.js';
import { EMAIL, NAME, SSN } from './planted.js';

const KEPT = 'This sentence stays as it is.';
const keptLine = line(KEPT, 72, 72);

/** A page whose own content carries the planted name beside a label, and a sentence that stays. */
function page(name: string, label: string, content: string, more: Partial<PdfFixture> = {}): PdfFixture {
  return {
    name,
    make: () => documentOf(content + keptLine),
    carriers: [carrier(label, NAME)],
    kept: [KEPT, label],
    ...more,
  };
}

/** Characters one by one, each shown by an operator of its own. */
const apart = (text: string) => [...text].map((character) => `${literal(character)} Tj`).join(' ');

/** Characters one by one in one array, pulled together and apart again by what kerning does. */
const kerned = (text: string) =>
  [...text].map((character, index) => `${literal(character)} ${index % 2 === 0 ? -30 : 30}`).join(' ');

/** Thirty lines set so tightly that boxes of neighbours overlap; every third holds a value. */
function leading(factor: number): string {
  const size = 10;
  const lines = Array.from({ length: 30 }, (_, index) => {
    const text = index % 3 === 1 ? `L${index} ${NAME} gypqj stays` : `L${index} neighbour gypqj (ÅÄÖ) stays`;
    return `${literal(text)} Tj 0 -${(size * factor).toFixed(2)} Td`;
  });
  return `BT /F1 ${size} Tf 72 700 Td\n${lines.join('\n')}\nET\n`;
}

const tightLines = (factor: number): PdfFixture =>
  page(`lines at ${factor} of their size`, 'L1', leading(factor), {
    kept: [KEPT, 'L0 neighbour gypqj', 'L29 neighbour gypqj', 'gypqj stays'],
  });

export const PAGE_TEXT: readonly PdfFixture[] = [
  {
    name: 'a simple page',
    make: () =>
      documentOf(
        line(`NAMED ${NAME} is the customer.`, 72, 700) +
          line(`NUMBERED ${SSN}, as stated.`, 72, 680) +
          line(`MAILED ${EMAIL} on Monday.`, 72, 660) +
          keptLine,
      ),
    carriers: [carrier('NAMED', NAME), carrier('NUMBERED', SSN), carrier('MAILED', EMAIL)],
    kept: [KEPT, 'is the customer.', ', as stated.', 'on Monday.'],
  },
  {
    name: 'a simple page under a strict policy',
    make: () => documentOf(line(`STRICTLY ${NAME} is the customer.`, 72, 700, 18) + line(KEPT, 72, 72, 18)),
    carriers: [carrier('STRICTLY', NAME)],
    kept: [],
    policy: { strict: true },
    raster: true,
    readable: ['Quackenbush'],
    readsAfter: ['This sentence stays', 'customer.'],
    reports: { risks: ['NOT_SEARCHABLE'] },
  },
  {
    name: 'a line that begins with a value, and a second one in the same text object',
    make: () =>
      documentOf(
        `BT /F1 12 Tf 72 700 Td ${literal(`${NAME} signed here,`)} Tj 0 -16 Td ` +
          `${literal(`FOLLOWED ${SSN} and the rest.`)} Tj 0 -16 Td ${literal(KEPT)} Tj ET`,
      ),
    carriers: [carrier('FOLLOWED', SSN)],
    kept: [KEPT, 'signed here,', 'FOLLOWED', 'and the rest.'],
  },
  page(
    'shown by an operator a character',
    'APART',
    `BT /F1 12 Tf 72 700 Td ${apart(`APART ${NAME} ends`)} ET\n`,
  ),
  page('kerned in an array', 'KERNED', `BT /F1 12 Tf 72 700 Td [${kerned(`KERNED ${NAME} ends`)}] TJ ET\n`),
  page(
    'character and word spacing, horizontal scaling and rise',
    'SPACED',
    `BT /F1 12 Tf 1.4 Tc 3 Tw 80 Tz 4 Ts 72 700 Td ${literal(`SPACED ${NAME} ends`)} Tj ET\n`,
  ),
  page(
    'a scaled matrix',
    'SCALED',
    `q 0.1 0 0 0.1 0 0 cm BT /F1 1 Tf 120 0 0 120 720 7000 Tm ${literal(`SCALED ${NAME} ends`)} Tj ET Q\n`,
  ),
  page(
    'text across the page at 30 degrees',
    'ROTATED',
    `BT /F1 12 Tf 0.866 0.5 -0.5 0.866 150 300 Tm ${literal(`ROTATED ${NAME} ends`)} Tj ET\n`,
    { mayLose: 12, measuredBy: 'mupdf' },
  ),
  page(
    'invisible text',
    'INVISIBLE',
    `BT 3 Tr /F1 12 Tf 72 700 Td ${literal(`INVISIBLE ${NAME} ends`)} Tj ET\n`,
  ),
  page(
    'text as a clip',
    'CLIPPING',
    `q BT 7 Tr /F1 12 Tf 72 700 Td ${literal(`CLIPPING ${NAME} ends`)} Tj ET 1 0 0 rg 0 600 612 192 re f Q\n`,
    // What is filled through the text may not cover the page once the text is gone.
    { unchanged: [{ page: 1, x: 0.1, y: 0.15, width: 0.8, height: 0.08 }] },
  ),
  page('white on white', 'WHITE', `1 g ${line(`WHITE ${NAME} ends`, 72, 700)} 0 g\n`),
  page(
    'white on black, which stays readable',
    'NEGATIVE',
    `0 g 60 640 400 80 re f 1 g ${line(`NEGATIVE ${NAME} ends`, 72, 700)}${line('Shown in white.', 72, 660)} 0 g\n`,
    { kept: [KEPT, 'NEGATIVE', 'Shown in white.'] },
  ),
  page(
    'a fixed pitch, and a value over two lines',
    'BROKEN',
    `BT /F2 10 Tf 72 700 Td ${literal('BROKEN Zebulon')} Tj 0 -12 Td ${literal('Quackenbush ends')} Tj ET\n`,
    { carriers: [carrier('BROKEN', 'Zebulon')], kept: [KEPT, 'BROKEN', 'ends'] },
  ),
  tightLines(1.15),
  tightLines(1),
  tightLines(0.9),
];
