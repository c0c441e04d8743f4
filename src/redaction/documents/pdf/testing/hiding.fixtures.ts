import { carrier, type PdfFixture } from './fixture.js';
import { documentOf, line, literal, PdfBuilder, utf16 } from './page.js';
import { NAME, SSN } from './planted.js';

const KEPT = 'This sentence stays as it is.';
const keptLine = line(KEPT, 72, 72);

/** Forms in forms, the innermost of which holds the value. */
function nestedForms(depth: number): Buffer {
  const builder = new PdfBuilder();
  const form = (content: string, resources: string) =>
    builder.pdf.addStream(content, {
      entries: `/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << ${resources} >>`,
      flate: true,
    });
  let inner = form(line(`NESTED ${NAME} ends`, 72, 700), builder.fonts);
  for (let level = 1; level < depth; level++)
    inner = form('q 1 0 0 1 0 -20 cm /X Do Q', `/XObject << /X ${inner} 0 R >>`);
  builder.page({ content: `/X Do ${keptLine}`, resources: `/XObject << /X ${inner} 0 R >>` });
  return builder.finish();
}

/** One form that two pages show. */
function sharedForm(): Buffer {
  const builder = new PdfBuilder();
  const form = builder.pdf.addStream(line(`SHARED ${NAME} ends`, 72, 700), {
    entries: `/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << ${builder.fonts} >>`,
  });
  for (let page = 0; page < 2; page++)
    builder.page({ content: `/X Do ${keptLine}`, resources: `/XObject << /X ${form} 0 R >>` });
  return builder.finish();
}

const rotated = (degrees: number): PdfFixture => ({
  name: `a page turned by ${degrees} degrees`,
  make: () =>
    documentOf({
      content: line(`TURNED ${NAME} ends`, 72, 700) + keptLine,
      entries: `/Rotate ${degrees}`,
    }),
  carriers: [carrier('TURNED', NAME)],
  kept: [KEPT, 'TURNED'],
});

/** Marked content whose replacement text says more than its glyphs (ISO 32000-1, 14.9.4). */
const marked = (key: string, label: string): PdfFixture => ({
  name: `${key} of marked content, written in it`,
  make: () =>
    documentOf(
      `/Span << /${key} ${utf16(`${label} ${NAME}`)} >> BDC ${line('glyphs that stay', 72, 700)} EMC ${keptLine}`,
    ),
  carriers: [carrier(label, NAME)],
  kept: [KEPT],
  mayLose: 'glyphs that stay'.length,
  ...(key === 'ActualText' && { measuredBy: 'mupdf' }),
});

function propertyText(): Buffer {
  const builder = new PdfBuilder();
  const properties = builder.pdf.add(`<< /ActualText ${utf16(`PROPERTY ${SSN}`)} >>`);
  builder.page({
    content: `/Span /P1 BDC ${line('PROPERTY 078-05-', 72, 700)} EMC ${line('1120 ends', 183.5, 700)} ${keptLine}`,
    resources: `/Properties << /P1 ${properties} 0 R >>`,
  });
  return builder.finish();
}

export const HIDING: readonly PdfFixture[] = [
  {
    name: 'forms five deep',
    make: () => nestedForms(5),
    carriers: [carrier('NESTED', NAME)],
    kept: [KEPT, 'NESTED'],
  },
  {
    name: 'a form on two pages',
    make: sharedForm,
    carriers: [carrier('SHARED', NAME)],
    kept: [KEPT, 'SHARED'],
  },
  {
    name: 'text off the page',
    make: () => documentOf(line(`OUTSIDE ${NAME}`, 72, -300) + line(`BESIDE ${SSN}`, 900, 400) + keptLine),
    carriers: [carrier('OUTSIDE', NAME), carrier('BESIDE', SSN)],
    kept: [KEPT],
    mayLose: 'OUTSIDEBESIDE'.length,
  },
  {
    name: 'text outside of the crop box',
    make: () =>
      documentOf({
        content: line(`CROPPED ${NAME}`, 72, 20, 12) + line(KEPT, 110, 400),
        entries: '/CropBox [100 100 500 700]',
      }),
    carriers: [carrier('CROPPED', NAME)],
    kept: [KEPT],
    mayLose: 'CROPPED'.length,
  },
  {
    name: 'text under a clip',
    make: () => documentOf(`q 0 0 10 10 re W n ${line(`CLIPPED ${NAME}`, 72, 700)} Q ${keptLine}`),
    carriers: [carrier('CLIPPED', NAME)],
    kept: [KEPT],
    mayLose: 'CLIPPED'.length,
  },
  {
    name: 'text under a picture of its own colour',
    make: () => documentOf(`${line(`COVERED ${NAME}`, 72, 700)} 1 g 60 690 300 30 re f 0 g ${keptLine}`),
    carriers: [carrier('COVERED', NAME)],
    kept: [KEPT],
  },
  rotated(0),
  rotated(90),
  rotated(180),
  rotated(270),
  marked('ActualText', 'ACTUAL'),
  marked('Alt', 'ALTERNATE'),
  marked('E', 'EXPANDED'),
  {
    name: 'ActualText by the properties of the page, over half of a value',
    make: propertyText,
    carriers: [carrier('PROPERTY', SSN)],
    kept: [KEPT],
    mayLose: 'PROPERTY'.length,
  },
  {
    name: 'a comment inside of a content stream',
    make: () => documentOf(`% COMMENT ${NAME}\n${keptLine}`),
    carriers: [carrier('COMMENT', NAME)],
    kept: [KEPT],
  },
  {
    name: 'operands of an unknown operator in a compatibility section',
    make: () => documentOf(`BX ${literal(`UNKNOWN ${NAME}`)} zz EX ${keptLine}`),
    carriers: [carrier('UNKNOWN', NAME)],
    kept: [KEPT],
    mayRefuse: 'DOCUMENT_NOT_REDACTABLE',
  },
];
