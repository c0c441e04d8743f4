import { carrier, type PdfFixture } from './fixture.js';
import { line, PdfBuilder } from './page.js';
import { NAME, SSN } from './planted.js';

const PAGES = 60;
const LINES = 20;
const TITLE = 'A form that every page shows.';

/** More pages than are handled at a time, with objects that all of them share. */
function manyPages(): Buffer {
  const builder = new PdfBuilder();
  const form = builder.pdf.addStream(line(TITLE, 72, 760), {
    entries: `/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << ${builder.fonts} >>`,
  });
  for (let page = 1; page <= PAGES; page++) {
    const lines = Array.from({ length: LINES }, (_, index) => {
      const value = index % 2 === 0 ? NAME : SSN;
      return line(`Page ${page} MANY ${value} and line ${index}.`, 72, 700 - 30 * index);
    });
    builder.page({ content: `/X Do ${lines.join('')}`, resources: `/XObject << /X ${form} 0 R >>` });
  }
  return builder.finish();
}

export const SIZES: readonly PdfFixture[] = [
  {
    name: `${PAGES} pages that share a form`,
    make: manyPages,
    carriers: [carrier('MANY', NAME), carrier('MANY', SSN)],
    kept: [TITLE, 'Page 1 MANY', `Page ${PAGES} MANY`, `and line ${LINES - 1}.`],
    redactions: PAGES * LINES,
  },
];
