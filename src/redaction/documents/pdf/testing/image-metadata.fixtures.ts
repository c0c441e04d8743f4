import { carrier, type PdfFixture } from './fixture.js';
import { line, PdfBuilder } from './page.js';
import { EMAIL, NAME, SSN } from './planted.js';
import { grayJpeg } from './scan-encodings.js';
import { SCAN_JPX } from './scan-jpx.js';
import { scannedPicture } from './scan-picture.js';

const KEPT = 'This sentence stays as it is.';
const TIFF_ASCII = 2;
const IMAGE_DESCRIPTION = 0x010e;

/** A segment of a JPEG file: its marker, its length and its bytes (ITU-T T.81, B.1.1.4). */
function segment(marker: number, content: Buffer | string): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(bytes.length + 2, 2);
  return Buffer.concat([head, bytes]);
}

/** Exif with one description in it: a TIFF directory of one entry. */
function exif(description: string): Buffer {
  const text = Buffer.from(`${description}\0`, 'latin1');
  const directory = Buffer.alloc(26);
  directory.write('II*\0', 'latin1');
  directory.writeUInt32LE(8, 4);
  directory.writeUInt16LE(1, 8);
  directory.writeUInt16LE(IMAGE_DESCRIPTION, 10);
  directory.writeUInt16LE(TIFF_ASCII, 12);
  directory.writeUInt32LE(text.length, 14);
  directory.writeUInt32LE(26, 18);
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), directory, text]));
}

/** The segments that cameras and programs leave in a picture, put behind its first two bytes; and bytes after its end. */
function withSegments(jpeg: Buffer): Buffer {
  return Buffer.concat([
    jpeg.subarray(0, 2),
    exif(`EXIF ${NAME}`),
    segment(0xe1, `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>JPEG-XMP ${EMAIL}</x:xmpmeta>`),
    segment(0xed, `Photoshop 3.0\0 IPTC ${NAME}`),
    segment(0xfe, `JPEG-COMMENT ${SSN}`),
    jpeg.subarray(2),
    Buffer.from(`AFTER-IMAGE ${NAME}`, 'latin1'),
  ]);
}

/** A box of XML in a JPEG 2000 file, put behind those that it begins with (ISO 15444-1, I.7.1). */
function withXmlBox(jpx: Buffer): Buffer {
  const text = Buffer.from(`<x>JPX-XML ${NAME}</x>`, 'latin1');
  const head = Buffer.alloc(8);
  head.writeUInt32BE(text.length + 8);
  head.write('xml ', 4, 'latin1');
  const codestream = jpx.indexOf('jp2c') - 4;
  return Buffer.concat([jpx.subarray(0, codestream), head, text, jpx.subarray(codestream)]);
}

/** Two pictures in which nothing is to be removed from what they show. */
async function document(): Promise<Buffer> {
  const picture = await scannedPicture();
  const blank = { ...picture, gray: Buffer.alloc(picture.gray.length, 180) };
  const { data, entries } = await grayJpeg(blank);
  const size = `/Type /XObject /Subtype /Image /Width ${picture.width} /Height ${picture.height}`;
  const builder = new PdfBuilder();
  const metadata = builder.pdf.addStream(`<x:xmpmeta>IMAGE-XMP ${SSN}</x:xmpmeta>`, {
    entries: '/Type /Metadata /Subtype /XML',
  });
  const jpeg = builder.pdf.addStream(withSegments(data), {
    entries: `${size} ${entries} /Metadata ${metadata} 0 R`,
  });
  const jpx = builder.pdf.addStream(withXmlBox(SCAN_JPX), { entries: `${size} /Filter /JPXDecode` });
  builder.page({
    content: `q 320 0 0 80 72 600 cm /Jpeg Do Q q 320 0 0 80 72 400 cm /Jpx Do Q ${line(KEPT, 72, 72)}`,
    resources: `/XObject << /Jpeg ${jpeg} 0 R /Jpx ${jpx} 0 R >>`,
  });
  return builder.finish();
}

export const IMAGE_METADATA: readonly PdfFixture[] = [
  {
    name: 'what files of images say beside their pixels',
    make: document,
    carriers: [
      carrier('EXIF', NAME),
      carrier('JPEG-XMP', EMAIL),
      carrier('IPTC', NAME),
      carrier('JPEG-COMMENT', SSN),
      carrier('AFTER-IMAGE', NAME),
      carrier('IMAGE-XMP', SSN),
      carrier('JPX-XML', NAME),
    ],
    kept: [KEPT],
    unchanged: [{ page: 1, x: 0.1, y: 100 / 792, width: 0.6, height: 320 / 792 }],
    reports: { removed: ['image_metadata'], risks: ['IMAGES_NOT_READ'] },
  },
];
