import { carrier, type PdfFixture } from './fixture.js';
import { line, literal, PdfBuilder, utf16 } from './page.js';
import { EMAIL, NAME, SSN } from './planted.js';

const KEPT = 'This sentence stays as it is.';

/** A page with annotations given as entries of their dictionaries. */
function annotated(make: (builder: PdfBuilder) => readonly string[]): Buffer {
  const builder = new PdfBuilder();
  const annotations = make(builder).map((entries) => builder.pdf.add(`<< /Type /Annot ${entries} >>`));
  builder.page({
    content: line(KEPT, 72, 72),
    entries: `/Annots [${annotations.map((number) => `${number} 0 R`).join(' ')}]`,
  });
  return builder.finish();
}

/** What an annotation looks like: a form that shows one line. */
const appearance = ({ pdf, fonts }: PdfBuilder, text: string) =>
  pdf.addStream(line(text, 4, 6), {
    entries: `/Type /XObject /Subtype /Form /BBox [0 0 300 20] /Resources << ${fonts} >>`,
  });

function attachedFile({ pdf }: PdfBuilder): number {
  const file = pdf.addStream(`ANNOTATED-FILE ${NAME}`, { entries: '/Type /EmbeddedFile', flate: true });
  return pdf.add(
    `<< /Type /Filespec /F ${literal(`ANNOTATED-FILE-NAME ${NAME}.txt`)} /EF << /F ${file} 0 R >> >>`,
  );
}

export const ANNOTATIONS: readonly PdfFixture[] = [
  {
    name: 'free text with an appearance',
    make: () =>
      annotated((builder) => [
        `/Subtype /FreeText /Rect [72 600 372 620] /DA (/F1 12 Tf) /Contents ${literal(`FREE-CONTENTS ${NAME}`)} ` +
          `/DS ${literal(`FREE-STYLE ${SSN}`)} /RC ${literal(`<p>FREE-RICH ${NAME}</p>`)} ` +
          `/AP << /N ${appearance(builder, `FREE-SHOWN ${NAME} ends`)} 0 R >>`,
      ]),
    carriers: [
      carrier('FREE-CONTENTS', NAME),
      carrier('FREE-STYLE', SSN),
      carrier('FREE-RICH', NAME),
      carrier('FREE-SHOWN', NAME),
    ],
    kept: [KEPT, 'FREE-SHOWN', 'ends'],
    reports: { removed: ['annotations'] },
  },
  {
    name: 'a note, its pop-up and a reply',
    make: () =>
      annotated(() => [
        `/Subtype /Text /Rect [400 700 420 720] /Contents ${utf16(`NOTE-CONTENTS ${NAME}`)} /T ${literal(`NOTE-AUTHOR ${NAME}`)} ` +
          `/Subj ${literal(`NOTE-SUBJECT ${SSN}`)} /RC ${literal(`<body>NOTE-RICH ${NAME}</body>`)} /NM ${literal(`NOTE-NAME ${NAME}`)}`,
        `/Subtype /Popup /Rect [430 700 500 760] /Contents ${literal(`POP-UP ${SSN}`)}`,
        `/Subtype /Highlight /Rect [72 70 200 84] /QuadPoints [72 84 200 84 72 70 200 70] /Contents ${literal(`HIGHLIGHT ${NAME}`)}`,
      ]),
    carriers: [
      carrier('NOTE-CONTENTS', NAME),
      carrier('NOTE-AUTHOR', NAME),
      carrier('NOTE-SUBJECT', SSN),
      carrier('NOTE-RICH', NAME),
      carrier('NOTE-NAME', NAME),
      carrier('POP-UP', SSN),
      carrier('HIGHLIGHT', NAME),
    ],
    kept: [KEPT],
    reports: { removed: ['annotations'] },
  },
  {
    name: 'links',
    make: () =>
      annotated(() => [
        `/Subtype /Link /Rect [72 70 200 84] /A << /S /URI /URI ${literal(`mailto:LINK-MAIL ${EMAIL}`)} >>`,
        `/Subtype /Link /Rect [72 90 200 104] /A << /S /Launch /F ${literal(`LINK-FILE ${NAME}.pdf`)} >>`,
        `/Subtype /Link /Rect [72 110 200 124] /Dest ${literal(`LINK-DEST ${NAME}`)}`,
      ]),
    carriers: [carrier('LINK-MAIL', EMAIL), carrier('LINK-FILE', NAME), carrier('LINK-DEST', NAME)],
    kept: [KEPT],
    reports: { removed: ['links'] },
  },
  {
    name: 'an attached file',
    make: () =>
      annotated((builder) => [
        `/Subtype /FileAttachment /Rect [400 700 420 720] /FS ${attachedFile(builder)} 0 R /Contents ${literal(`ATTACHMENT ${SSN}`)}`,
      ]),
    carriers: [
      carrier('ANNOTATED-FILE', NAME),
      carrier('ANNOTATED-FILE-NAME', NAME),
      carrier('ATTACHMENT', SSN),
    ],
    kept: [KEPT],
    reports: { removed: ['attachments'] },
  },
  {
    name: 'a hidden annotation and one for the screen only',
    make: () =>
      annotated((builder) => [
        `/Subtype /FreeText /F 2 /Rect [72 500 372 520] /DA (/F1 12 Tf) /Contents (x) ` +
          `/AP << /N ${appearance(builder, `HIDDEN-SHOWN ${NAME}`)} 0 R >>`,
        `/Subtype /Stamp /F 32 /Rect [72 540 372 560] /AP << /N ${appearance(builder, `NO-VIEW ${SSN}`)} 0 R >>`,
      ]),
    carriers: [carrier('HIDDEN-SHOWN', NAME), carrier('NO-VIEW', SSN)],
    kept: [KEPT],
    measuredBy: 'poppler',
    mayLose: 'HIDDEN-SHOWNNO-VIEW'.length,
  },
];
