import { deflateSync } from 'node:zlib';
import { carrier, type PdfFixture } from './fixture.js';
import { line, literal, PdfBuilder, utf16 } from './page.js';
import { EMAIL, NAME, SSN } from './planted.js';

const KEPT = 'This sentence stays as it is.';

/** Values of dictionaries by label, half of them in UTF-16. */
const VALUES = {
  'INFO-TITLE': NAME,
  'INFO-AUTHOR': NAME,
  'INFO-OWN-KEY': SSN,
  XMP: NAME,
  'PAGE-XMP': SSN,
  'PIECE-INFO': NAME,
  THUMB: NAME,
  BOOKMARK: NAME,
  'NAMED-DEST': SSN,
  'OLD-DEST': NAME,
  'PAGE-LABEL': NAME,
  'OPEN-SCRIPT': EMAIL,
  'NAMED-SCRIPT': SSN,
  'LAYER-NAME': NAME,
  'STRUCT-ACTUAL': NAME,
  'STRUCT-ALT': SSN,
  'STRUCT-EXPANSION': NAME,
  'STRUCT-TITLE': EMAIL,
  'FILE-NAME': NAME,
  'FILE-ABOUT': SSN,
  'FILE-CONTENT': NAME,
  'ASSOCIATED-FILE': NAME,
  ORPHAN: NAME,
  'ORPHAN-STREAM': SSN,
  VIEWER: NAME,
  'URI-BASE': EMAIL,
  'OUTPUT-INTENT': NAME,
  COLLECTION: NAME,
  'PAGE-ACTION': EMAIL,
  'UNKNOWN-KEY': SSN,
} as const;
type Label = keyof typeof VALUES;

const plain = (label: Label) => literal(`${label} ${VALUES[label]}`);
const wide = (label: Label) => utf16(`${label} ${VALUES[label]}`);

const xmp = (label: Label) =>
  '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">' +
  '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ' +
  `xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${label} ${VALUES[label]}</dc:title>` +
  '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>';

/** An attached file: its specification and its bytes. */
function attachment({ pdf }: PdfBuilder, name: string, about: string, content: string): number {
  const file = pdf.addStream(content, { entries: '/Type /EmbeddedFile', flate: true });
  return pdf.add(`<< /Type /Filespec /F ${name} /UF ${name} /Desc ${about} /EF << /F ${file} 0 R >> >>`);
}

/** The page's own entries that hold no part of what it shows. */
function pageEntries({ pdf }: PdfBuilder): string {
  const metadata = pdf.addStream(xmp('PAGE-XMP'), { entries: '/Type /Metadata /Subtype /XML' });
  const thumb = pdf.addStream(deflateSync(`THUMB ${VALUES.THUMB}`.padEnd(64)), {
    entries: '/Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode',
  });
  return (
    `/Metadata ${metadata} 0 R /Thumb ${thumb} 0 R /PieceInfo << /Redoubt << /Private ${plain('PIECE-INFO')} >> >> ` +
    `/AA << /O << /S /URI /URI ${plain('PAGE-ACTION')} >> >> /StructParents 0 /OwnKey ${plain('UNKNOWN-KEY')}`
  );
}

function outlines({ pdf }: PdfBuilder, page: number): number {
  const [root, item] = [pdf.reserve(), pdf.reserve()];
  pdf.set(root, `<< /Type /Outlines /First ${item} 0 R /Last ${item} 0 R /Count 1 >>`);
  pdf.set(item, `<< /Title ${wide('BOOKMARK')} /Parent ${root} 0 R /Dest [${page} 0 R /Fit] >>`);
  return root;
}

function structure({ pdf }: PdfBuilder, page: number): number {
  const [root, element] = [pdf.reserve(), pdf.reserve()];
  pdf.set(root, `<< /Type /StructTreeRoot /K ${element} 0 R >>`);
  pdf.set(
    element,
    `<< /Type /StructElem /S /Span /P ${root} 0 R /Pg ${page} 0 R /K 0 /ActualText ${wide('STRUCT-ACTUAL')} ` +
      `/Alt ${plain('STRUCT-ALT')} /E ${wide('STRUCT-EXPANSION')} /T ${plain('STRUCT-TITLE')} >>`,
  );
  return root;
}

function catalogEntries(builder: PdfBuilder, page: number, layer: number): string {
  const { pdf } = builder;
  const metadata = pdf.addStream(xmp('XMP'), { entries: '/Type /Metadata /Subtype /XML', flate: true });
  const file = attachment(builder, wide('FILE-NAME'), plain('FILE-ABOUT'), `FILE-CONTENT ${NAME}`);
  const associated = attachment(builder, '(data.csv)', '(data)', `ASSOCIATED-FILE ${NAME}`);
  const script = (text: string) => `<< /S /JavaScript /JS ${text} >>`;
  return [
    `/Metadata ${metadata} 0 R`,
    `/Outlines ${outlines(builder, page)} 0 R`,
    `/StructTreeRoot ${structure(builder, page)} 0 R /MarkInfo << /Marked true >>`,
    `/Names << /EmbeddedFiles << /Names [(one) ${file} 0 R] >>`,
    `/Dests << /Names [${plain('NAMED-DEST')} [${page} 0 R /Fit]] >>`,
    `/JavaScript << /Names [(main) ${script(plain('NAMED-SCRIPT'))}] >> >>`,
    `/Dests << /${'OLD-DEST Zebulon Quackenbush'.replaceAll(' ', '#20')} [${page} 0 R /Fit] >>`,
    `/PageLabels << /Nums [0 << /S /D /P ${plain('PAGE-LABEL')} >>] >>`,
    `/OpenAction ${script(wide('OPEN-SCRIPT'))} /AF [${associated} 0 R]`,
    `/OCProperties << /OCGs [${layer} 0 R] /D << /ON [${layer} 0 R] /Order [${layer} 0 R] >> >>`,
    `/ViewerPreferences << /Own ${plain('VIEWER')} >> /URI << /Base ${plain('URI-BASE')} >>`,
    `/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier ${plain('OUTPUT-INTENT')} >>]`,
    `/Collection << /Type /Collection /Schema << /C << /Type /CollectionField /Subtype /S /N ${wide('COLLECTION')} >> >> >>`,
  ].join(' ');
}

function document(objectStreams: boolean): Buffer {
  const builder = new PdfBuilder();
  const { pdf } = builder;
  const layer = pdf.add(`<< /Type /OCG /Name ${wide('LAYER-NAME')} >>`);
  const page = builder.page({
    content: `/Span << /MCID 0 >> BDC ${line(KEPT, 72, 700)} EMC /OC /L BDC ${line('Shown on a layer.', 72, 680)} EMC`,
    resources: `/Properties << /L ${layer} 0 R >>`,
    entries: pageEntries(builder),
  });
  const info = pdf.add(
    `<< /Title ${plain('INFO-TITLE')} /Author ${wide('INFO-AUTHOR')} /OwnKey ${plain('INFO-OWN-KEY')} >>`,
  );
  pdf.add(`<< /Nobody ${plain('ORPHAN')} >>`);
  pdf.addStream(`ORPHAN-STREAM ${VALUES['ORPHAN-STREAM']}`, { flate: true });
  const trailer = `/Info ${info} 0 R /ID [<6F726967696E616C2D3030303100000001> <6F726967696E616C2D3030303100000002>]`;
  return builder.finish(catalogEntries(builder, page, layer), { trailer, objectStreams });
}

const fixture = (name: string, objectStreams: boolean): PdfFixture => ({
  name,
  make: () => document(objectStreams),
  carriers: Object.entries(VALUES).map(([label, value]) => carrier(label, value)),
  kept: [KEPT, 'Shown on a layer.'],
  reports: {
    removed: ['metadata', 'attachments', 'bookmarks', 'scripts', 'layers', 'tags', 'thumbnails'],
    risks: ['ACCESSIBILITY_LOST'],
  },
});

export const CARRIERS: readonly PdfFixture[] = [
  fixture('everything beside the pages', false),
  fixture('everything beside the pages, in object streams', true),
];
