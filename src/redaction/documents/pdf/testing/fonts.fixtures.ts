import { carrier, type PdfFixture } from './fixture.js';
import { compositeFont, type EmbeddedFont, simpleFont } from './font-dictionaries.js';
import { alphabetOf } from './glyph-shapes.js';
import { PdfBuilder } from './page.js';
import { NAME } from './planted.js';

const KEPT = 'No letter here is lost to it.';
const LABEL = 'FONT';

/** Characters that the value alone needs: whoever finds them in a font knows what it held. */
const lettersOf = (value: string, ...others: readonly string[]) =>
  alphabetOf(value)
    .filter((character) => !others.join('').includes(character))
    .join('');

type Embed = (builder: PdfBuilder, alphabet: readonly string[]) => EmbeddedFont;

/** Lines on the page, and lines below it. */
function document(text: readonly string[], embed: Embed, below: readonly string[] = []): Buffer {
  const builder = new PdfBuilder();
  const { font, encode } = embed(builder, alphabetOf(...text, ...below));
  const at = (one: string, y: number) => `BT /E 16 Tf 72 ${y} Td ${encode(one)} Tj ET`;
  const lines = [
    ...text.map((one, index) => at(one, 700 - 40 * index)),
    ...below.map((one, index) => at(one, -100 - 40 * index)),
  ];
  builder.page({ content: lines.join('\n'), fonts: `/E ${font} 0 R` });
  return builder.finish();
}

/** The second line of {@link document}, which looks afterwards as it did before. */
const SECOND_LINE = { page: 1, x: 0.1, y: 115 / 792, width: 0.8, height: 25 / 792 };

const embedded = (name: string, embed: Embed, more: Partial<PdfFixture> = {}): PdfFixture => ({
  name,
  make: () => document([`${LABEL} ${NAME}`, KEPT], embed),
  carriers: [carrier(LABEL, NAME)],
  kept: [KEPT, LABEL],
  letters: lettersOf(NAME, LABEL, KEPT),
  unchanged: [SECOND_LINE],
  ...more,
});

export const FONTS: readonly PdfFixture[] = [
  embedded('a composite TrueType font by glyph numbers', compositeFont, {
    reports: { removed: ['font_residue'] },
  }),
  embedded('a simple TrueType font', (builder, alphabet) => simpleFont(builder, alphabet, 'TrueType')),
  embedded(
    'a composite font by a CMap of its own',
    (builder, alphabet) => compositeFont(builder, alphabet, true),
    { mayKeepLetters: true },
  ),
  embedded('a bare CFF font', (builder, alphabet) => simpleFont(builder, alphabet, 'Type1C'), {
    mayKeepLetters: true,
  }),
  embedded('a Type 1 font', (builder, alphabet) => simpleFont(builder, alphabet, 'Type1'), {
    mayKeepLetters: true,
  }),
  embedded(
    'a Type 1 font under a strict policy',
    (builder, alphabet) => simpleFont(builder, alphabet, 'Type1'),
    {
      policy: { strict: true },
      raster: true,
      unchanged: [],
    },
  ),
  {
    name: 'text off the page by glyph numbers',
    make: () => document([KEPT], compositeFont, [`${LABEL} ${NAME}`]),
    carriers: [carrier(LABEL, NAME)],
    kept: [KEPT],
    mayLose: LABEL.length,
  },
  {
    name: 'characters beyond the basic plane beside a value',
    make: () => document([`\u{1F600}\u{1D54F} ${LABEL} ${NAME}\u{1F680} ends`, KEPT], compositeFont),
    carriers: [carrier(LABEL, NAME)],
    kept: [KEPT, LABEL, '\u{1F600}\u{1D54F}', '\u{1F680}'],
  },
  {
    name: 'a value with characters beyond the basic plane in it',
    make: () => document([`${LABEL} \u{1D543}\u{1D56B} ${NAME} \u{1D543}`, KEPT], compositeFont),
    carriers: [carrier(LABEL, `\u{1D543}\u{1D56B} ${NAME}`)],
    kept: [KEPT, LABEL],
    policy: { searchTerms: [`\u{1D543}\u{1D56B} ${NAME}`] },
  },
];
