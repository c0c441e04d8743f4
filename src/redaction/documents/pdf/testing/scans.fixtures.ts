import type { Area, Region } from '../../document-policy.js';
import { carrier, type PdfFixture } from './fixture.js';
import { line, PAGE_HEIGHT, PAGE_WIDTH, PdfBuilder } from './page.js';
import { NAME } from './planted.js';
import {
  asAlpha,
  cmykJpeg,
  type EncodedImage,
  gray,
  grayJpeg,
  groupFour,
  jpeg,
  palette,
  pngRgb,
  sixteenBits,
  stencil,
} from './scan-encodings.js';
import { SCAN_JPX } from './scan-jpx.js';
import {
  GLYPHS_AREA,
  NAME_AREA,
  NAME_AT,
  PICTURE,
  PICTURE_LABEL,
  type Picture,
  scannedPicture,
  TEXT_SIZE,
} from './scan-picture.js';

const KEPT = 'This sentence stays as it is.';
const keptLine = line(KEPT, 72, 72);
const AT = { x: 72, y: 600 };
const place = `q ${PICTURE.width} 0 0 ${PICTURE.height} ${AT.x} ${AT.y} cm /Im Do Q\n`;

/** The name on the page, when the picture lies upright at `y`. */
const nameOnPage = (y = AT.y, area: Area = NAME_AREA): Region => ({
  x: (AT.x + area.x * PICTURE.width) / PAGE_WIDTH,
  y: (PAGE_HEIGHT - y - PICTURE.height + area.y * PICTURE.height) / PAGE_HEIGHT,
  width: (area.width * PICTURE.width) / PAGE_WIDTH,
  height: (area.height * PICTURE.height) / PAGE_HEIGHT,
});

type Encode = (picture: Picture) => EncodedImage | Promise<EncodedImage>;

function imageOf({ pdf }: PdfBuilder, { width, height }: Picture, image: EncodedImage, more = ''): number {
  const entries = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} ${image.entries} ${more}`;
  return pdf.addStream(image.data, { entries });
}

/** A page with a picture and a sentence. */
async function scan(encode: Encode, content = place + keptLine): Promise<Buffer> {
  const picture = await scannedPicture();
  const builder = new PdfBuilder();
  const image = imageOf(builder, picture, await encode(picture));
  builder.page({ content, resources: `/XObject << /Im ${image} 0 R >>` });
  return builder.finish();
}

/** The picture is all black, and its mask says where it is seen. */
async function masked(): Promise<Buffer> {
  const picture = await scannedPicture();
  const builder = new PdfBuilder();
  const mask = imageOf(builder, picture, asAlpha(picture));
  const black = { ...picture, gray: Buffer.alloc(picture.gray.length) };
  const image = imageOf(builder, picture, gray(black), `/SMask ${mask} 0 R`);
  builder.page({ content: place + keptLine, resources: `/XObject << /Im ${image} 0 R >>` });
  return builder.finish();
}

async function inline(more = keptLine): Promise<Buffer> {
  const { width, height, gray: samples } = await scannedPicture();
  const header = `/W ${width} /H ${height} /CS /G /BPC 8 /F /AHx`;
  const image = `BI ${header} ID\n${samples.toString('hex')}>\nEI`;
  const builder = new PdfBuilder();
  builder.page({ content: place.replace('/Im Do', image) + more });
  return builder.finish();
}

/** One image object, twice on a page and once on the next. */
async function shared(): Promise<Buffer> {
  const picture = await scannedPicture();
  const builder = new PdfBuilder();
  const image = imageOf(builder, picture, gray(picture));
  const resources = `/XObject << /Im ${image} 0 R >>`;
  builder.page({ content: `${place}${place.replace('600 cm', '400 cm')}${keptLine}`, resources });
  builder.page({ content: place + keptLine, resources });
  return builder.finish();
}

/** Turned by 90 degrees to the left: what was right of it is above. */
const TURNED = `q 0 ${PICTURE.width} ${-PICTURE.height} 0 ${AT.x + PICTURE.height} 200 cm /Im Do Q\n`;
const NAME_TURNED: Region = {
  page: 1,
  x: (AT.x + NAME_AREA.y * PICTURE.height) / PAGE_WIDTH,
  y: (PAGE_HEIGHT - 200 - (NAME_AREA.x + NAME_AREA.width) * PICTURE.width) / PAGE_HEIGHT,
  width: (NAME_AREA.height * PICTURE.height) / PAGE_WIDTH,
  height: (NAME_AREA.width * PICTURE.width) / PAGE_HEIGHT,
};

/** What a program that recognises text lays over a scan: the words where they are seen, without any colour. */
const recognised =
  `3 Tr ${line('Left of it stays', AT.x + 8, AT.y + 54, TEXT_SIZE)}` +
  `${line(PICTURE_LABEL, AT.x + 8, AT.y + NAME_AT.y, TEXT_SIZE)}` +
  `${line(NAME, AT.x + NAME_AT.x, AT.y + NAME_AT.y, TEXT_SIZE)} 0 Tr `;

const inPixels = (regions: readonly Region[]): Partial<PdfFixture> => ({
  policy: { regions },
  pixels: regions,
  readable: ['Quackenbush'],
});

const fixture = (
  name: string,
  make: PdfFixture['make'],
  regions: readonly Region[] = [{ page: 1, ...nameOnPage() }],
): PdfFixture => ({ name: `a scan: ${name}`, make, carriers: [], kept: [KEPT], ...inPixels(regions) });

export const SCANS: readonly PdfFixture[] = [
  fixture('JPEG', () => scan(jpeg)),
  fixture('JPEG in CMYK', () => scan(cmykJpeg)),
  fixture('JPEG in gray', () => scan(grayJpeg)),
  fixture('RGB filtered as in PNG', () => scan(pngRgb)),
  fixture('a palette', () => scan(palette)),
  fixture('16 bits', () => scan(sixteenBits)),
  fixture('JPEG 2000', () => scan(() => ({ data: SCAN_JPX, entries: '/Filter /JPXDecode' }))),
  fixture('CCITT group 4', () => scan(groupFour)),
  fixture('a stencil', () => scan(stencil)),
  fixture('text of a soft mask', masked),
  fixture('an inline image', () => inline()),
  fixture('one image in three places', shared, [
    { page: 1, ...nameOnPage() },
    { page: 1, ...nameOnPage(400) },
    { page: 2, ...nameOnPage() },
  ]),
  fixture('turned by 90 degrees', () => scan(gray, TURNED + keptLine), [NAME_TURNED]),
  {
    name: 'a scan: recognised text without colour over it',
    make: () => scan(gray, place + recognised + keptLine),
    carriers: [carrier(PICTURE_LABEL, NAME)],
    kept: [KEPT, 'Left of it stays'],
    pixels: [{ page: 1, ...nameOnPage(AT.y, GLYPHS_AREA) }],
    readable: ['Quackenbush'],
  },
  {
    name: 'a scan whose text nobody recognised, and no region',
    make: () => scan(gray, place),
    carriers: [],
    kept: [],
    refused: 'DOCUMENT_WITHOUT_TEXT',
  },
  {
    name: 'a scan in an inline image, and no region',
    make: () => inline(''),
    carriers: [],
    kept: [],
    refused: 'DOCUMENT_WITHOUT_TEXT',
  },
  {
    name: 'a scan with a region and nothing else on its page',
    make: () => scan(jpeg, place),
    carriers: [],
    kept: [],
    ...inPixels([{ page: 1, ...nameOnPage() }]),
  },
  {
    name: 'a picture beside text',
    make: () => scan((picture) => gray({ ...picture, gray: Buffer.alloc(picture.gray.length, 200) })),
    carriers: [],
    kept: [KEPT],
    reports: { risks: ['IMAGES_NOT_READ'] },
  },
];
