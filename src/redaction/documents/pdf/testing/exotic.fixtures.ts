import { carrier, type PdfFixture } from './fixture.js';
import { documentOf, line, PdfBuilder } from './page.js';
import { NAME } from './planted.js';

const KEPT = 'This sentence stays as it is.';
const keptLine = line(KEPT, 72, 72);
const BOX = '/BBox [0 0 612 792]';

/** Text painted as a tile (ISO 32000-1, 8.7.3). */
function tilingPattern(): Buffer {
  const builder = new PdfBuilder();
  const pattern = builder.pdf.addStream(line(`TILED ${NAME}`, 0, 10), {
    entries:
      `/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 300 40] /XStep 300 /YStep 40 ` +
      `/Resources << ${builder.fonts} >>`,
  });
  builder.page({
    content: `/Pattern cs /P1 scn 72 600 300 120 re f 0 g ${keptLine}`,
    resources: `/Pattern << /P1 ${pattern} 0 R >>`,
  });
  return builder.finish();
}

/** A Type 3 font whose one glyph shows a whole name by another font (ISO 32000-1, 9.6.5). */
function glyphProcedure(): Buffer {
  const builder = new PdfBuilder();
  const glyph = builder.pdf.addStream(`300 0 0 0 300 20 d1 ${line(`DRAWN ${NAME}`, 0, 4)}`);
  const font = builder.pdf.add(
    '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 300 20] /FontMatrix [1 0 0 1 0 0] /FirstChar 65 /LastChar 65 ' +
      `/Widths [300] /Encoding << /Differences [65 /whole] >> /CharProcs << /whole ${glyph} 0 R >> ` +
      `/Resources << ${builder.fonts} >> >>`,
  );
  builder.page({ content: `BT /T3 1 Tf 72 700 Td (A) Tj ET ${keptLine}`, fonts: `/T3 ${font} 0 R` });
  return builder.finish();
}

/** The group of a soft mask holds the text; the page only fills a rectangle through it (ISO 32000-1, 11.6.5.3). */
function softMaskGroup(): Buffer {
  const builder = new PdfBuilder();
  const group = builder.pdf.addStream(`1 g ${line(`MASKED ${NAME}`, 72, 700)}`, {
    entries:
      `/Type /XObject /Subtype /Form ${BOX} /Group << /S /Transparency /CS /DeviceGray >> ` +
      `/Resources << ${builder.fonts} >>`,
  });
  const state = builder.pdf.add(`<< /Type /ExtGState /SMask << /S /Luminosity /G ${group} 0 R >> >>`);
  builder.page({
    content: `q /GS gs 0 g 0 600 612 192 re f Q ${keptLine}`,
    resources: `/ExtGState << /GS ${state} 0 R >>`,
  });
  return builder.finish();
}

/** A shading pattern of a tile within a tile. */
function nestedPattern(): Buffer {
  const builder = new PdfBuilder();
  const inner = builder.pdf.addStream(line(`INWARD ${NAME}`, 0, 10), {
    entries:
      '/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 300 40] /XStep 300 /YStep 40 ' +
      `/Resources << ${builder.fonts} >>`,
  });
  const outer = builder.pdf.addStream('/Pattern cs /P2 scn 0 0 300 40 re f', {
    entries:
      '/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 300 40] /XStep 300 /YStep 40 ' +
      `/Resources << /Pattern << /P2 ${inner} 0 R >> >>`,
  });
  const form = builder.pdf.addStream('/Pattern cs /P1 scn 72 600 300 120 re f', {
    entries: `/Type /XObject /Subtype /Form ${BOX} /Resources << /Pattern << /P1 ${outer} 0 R >> >>`,
  });
  builder.page({ content: `/X Do ${keptLine}`, resources: `/XObject << /X ${form} 0 R >>` });
  return builder.finish();
}

const exotic = (name: string, label: string, make: () => Uint8Array): PdfFixture => ({
  name,
  make,
  carriers: [carrier(label, NAME)],
  kept: [KEPT],
  mayRefuse: 'DOCUMENT_NOT_REDACTABLE',
  readable: ['Quackenbush'],
});

const OUTLINES =
  '100 700 m 110 720 l 120 700 l 104 708 m 116 708 l 130 700 m 130 720 l 140 713 l 130 706 l S';

export const EXOTIC: readonly PdfFixture[] = [
  exotic('text of a tiling pattern', 'TILED', tilingPattern),
  exotic('text of a tile of a tile in a form', 'INWARD', nestedPattern),
  exotic('text of a glyph procedure', 'DRAWN', glyphProcedure),
  exotic('text of the group of a soft mask', 'MASKED', softMaskGroup),
  {
    name: 'outlines in place of text, beside text',
    make: () => documentOf(`${OUTLINES} ${keptLine}`),
    carriers: [],
    kept: [KEPT],
    reports: { risks: ['DRAWINGS_NOT_READ'] },
  },
  {
    name: 'outlines in place of text, in an area marked by hand',
    make: () => documentOf(`${OUTLINES} ${keptLine}`),
    carriers: [],
    kept: [KEPT],
    policy: { regions: [{ page: 1, x: 90 / 612, y: 62 / 792, width: 60 / 612, height: 40 / 792 }] },
    pixels: [{ page: 1, x: 90 / 612, y: 62 / 792, width: 60 / 612, height: 40 / 792 }],
    gone: ['104 708', '130 706'],
  },
  {
    name: 'outlines and no text at all',
    make: () => documentOf(OUTLINES),
    carriers: [],
    kept: [],
    refused: 'DOCUMENT_WITHOUT_TEXT',
  },
];
