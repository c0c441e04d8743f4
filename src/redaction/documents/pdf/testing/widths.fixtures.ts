import { carrier, type PdfFixture } from './fixture.js';
import { documentOf, line } from './page.js';
import { NAME } from './planted.js';

const KEPT = 'Stays in its column.';
const LABEL = 'WIDTH';

/** Names of widths that differ by less than a character from one to the next. */
const ENDINGS = ['', 'i', 'l', 'ii', 'r', 'il', 'iii', 'lr'];
export const WIDTH_NAMES: readonly string[] = ENDINGS.map((ending) => `${NAME}${ending}`);

/** A page a name; the same text around each, at places of its own, so that the width of the gap alone could tell. */
export const WIDTHS: PdfFixture = {
  name: 'names of nearly the same width',
  make: () =>
    documentOf(
      ...WIDTH_NAMES.map(
        (name) => line(LABEL, 72, 700) + line(name, 140, 700) + line(KEPT, 400, 700) + line(KEPT, 72, 72),
      ),
    ),
  carriers: [carrier(LABEL, NAME)],
  kept: [],
  policy: { strict: true, searchTerms: [...WIDTH_NAMES].reverse() },
  raster: true,
};

/** Where a page's box lies, in fractions: the row is the names'. */
export const WIDTH_ROW = { x: 0.2, y: 84 / 792, width: 0.42, height: 8 / 792 };
