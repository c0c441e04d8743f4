import { carrier, type PdfFixture } from './fixture.js';
import { line, literal, PdfBuilder, utf16 } from './page.js';
import { NAME, SSN } from './planted.js';

const KEPT = 'This sentence stays as it is.';

/** A name object with spaces in it. */
const nameOf = (text: string) => `/${text.replaceAll(' ', '#20')}`;
const own = (label: string, value = NAME) => `/Own ${literal(`${label} ${value}`)}`;

/** What a document draws with: dictionaries and streams that say more than they draw. */
const LABELS = [
  'RESOURCE',
  'FORM-META',
  'FORM-PIECE',
  'FORM-KEY',
  'STATE-KEY',
  'COLORANT',
  'PROFILE',
  'FUNCTION',
  'SHADING-KEY',
  'IMAGE-KEY',
  'INLINE-IMAGE',
  'PROPERTY-KEY',
  'INLINE-MARK',
  'POINT',
  'INLINE-POINT',
  'MARK-TAG',
  'FONT-NAME',
  'FONT-KEY',
  'FONT-FAMILY',
  'CHAR-SET',
  'CMAP-REMARK',
  'PAGE-RESOURCE-KEY',
  'GROUP-KEY',
] as const;

function font({ pdf }: PdfBuilder): number {
  const descriptor = pdf.add(
    `<< /Type /FontDescriptor /FontName /Helvetica /Flags 32 /FontBBox [0 0 1000 1000] ` +
      `/ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 ` +
      `/FontFamily ${utf16(`FONT-FAMILY ${NAME}`)} /CharSet ${literal(`CHAR-SET ${NAME}`)} >>`,
  );
  const unicode = pdf.addStream(
    `% CMAP-REMARK ${NAME}\n/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def\n` +
      '1 begincodespacerange <00> <FF> endcodespacerange\n1 beginbfrange <20> <7E> <0020> endbfrange\n' +
      'endcmap end end',
  );
  return pdf.add(
    `<< /Type /Font /Subtype /Type1 /BaseFont ${nameOf(`FONT-NAME ${NAME}`)} /Encoding /WinAnsiEncoding ` +
      `/FirstChar 32 /LastChar 126 /Widths [${'500 '.repeat(95)}] /FontDescriptor ${descriptor} 0 R ` +
      `/ToUnicode ${unicode} 0 R ${own('FONT-KEY')} >>`,
  );
}

function form({ pdf, fonts }: PdfBuilder): number {
  const metadata = pdf.addStream(`<x:xmpmeta>FORM-META ${SSN}</x:xmpmeta>`, {
    entries: '/Type /Metadata /Subtype /XML',
  });
  return pdf.addStream(line('Drawn by a form.', 72, 500), {
    entries:
      `/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Metadata ${metadata} 0 R /LastModified (D:20200101000000Z) ` +
      `/PieceInfo << /Own << /Private ${literal(`FORM-PIECE ${NAME}`)} >> >> ${own('FORM-KEY')} ` +
      `/Group << /S /Transparency ${own('GROUP-KEY')} >> /Resources << ${fonts} >>`,
  });
}

function colours({ pdf }: PdfBuilder): string {
  const tint = pdf.addStream(`{ % FUNCTION ${NAME}\n 1 exch sub }`, {
    entries: '/FunctionType 4 /Domain [0 1] /Range [0 1]',
  });
  const profile = pdf.addStream(`PROFILE ${NAME}`.padEnd(160, '\0'), {
    entries: '/N 1 /Alternate /DeviceGray',
  });
  const colorant = nameOf(`COLORANT ${NAME}`);
  return `/ColorSpace << /Cs1 [/Separation ${colorant} /DeviceGray ${tint} 0 R] /Cs2 [/ICCBased ${profile} 0 R] >>`;
}

const inlineImage = `BI /W 2 /H 2 /CS /G /BPC 8 ${own('INLINE-IMAGE')} ID\n\x10\x20\x30\x40\nEI`;

function document(): Buffer {
  const builder = new PdfBuilder();
  const { pdf } = builder;
  const image = pdf.addStream('\x10\x20\x30\x40', {
    entries: `/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray ${own('IMAGE-KEY')}`,
  });
  const shading =
    '<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 100 0] /Function << /FunctionType 2 /Domain [0 1] /C0 [0] ' +
    `/C1 [1] /N 1 >> ${own('SHADING-KEY')} >>`;
  const resource = nameOf(`RESOURCE ${NAME}`);
  builder.page({
    content: [
      line(KEPT, 72, 72),
      `BT /E 12 Tf 72 560 Td ${literal('Set in a font of the document.')} Tj ET`,
      `${resource} Do q 20 0 0 20 300 300 cm /Im Do Q q 20 0 0 20 340 300 cm ${inlineImage} Q`,
      '/Gs gs /Cs1 cs 0.5 scn 400 300 20 20 re f /Cs2 cs 0.5 scn 430 300 20 20 re f q 460 300 20 20 re W n /Sh sh Q',
      `/Span /P1 BDC ${line('Marked.', 72, 460)} EMC /Span << ${own('INLINE-MARK')} >> BDC ${line('Marked too.', 72, 440)} EMC`,
      `/Point /P2 DP /Point << ${own('INLINE-POINT')} >> DP ${nameOf(`MARK-TAG ${NAME}`)} MP`,
    ].join('\n'),
    fonts: `/E ${font(builder)} 0 R`,
    resources:
      `/XObject << ${resource} ${form(builder)} 0 R /Im ${image} 0 R >> ${colours(builder)} ` +
      `/ExtGState << /Gs << /Type /ExtGState /LW 1 ${own('STATE-KEY')} >> >> /Shading << /Sh ${shading} >> ` +
      `/Properties << /P1 << ${own('PROPERTY-KEY')} >> /P2 << ${own('POINT')} >> >> ${own('PAGE-RESOURCE-KEY')}`,
  });
  return builder.finish();
}

export const RESOURCES: readonly PdfFixture[] = [
  {
    name: 'what pages draw with',
    make: document,
    carriers: LABELS.map((label) => carrier(label, label === 'FORM-META' ? SSN : NAME)),
    kept: [KEPT, 'Drawn by a form.', 'Set in a font of the document.', 'Marked.', 'Marked too.'],
  },
];
