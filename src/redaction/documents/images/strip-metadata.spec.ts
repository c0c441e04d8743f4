import sharp, { type JpegOptions } from 'sharp';
import { makePng } from '../docx/testing/images.js';
import { EMPTY_PNG, plainImage } from './plain-image.js';
import { stripJpegMetadata, stripPngMetadata } from './strip-metadata.js';

const SAID = 'Zebulon Quackenbush 219-09-9999';
const pixels = { create: { width: 9, height: 7, channels: 3, background: '#a06020' } } as const;
const decoded = (bytes: Uint8Array): Promise<Buffer> => sharp(bytes).raw().toBuffer();

/** A JPEG with a comment, EXIF, XMP, a profile, a JFIF thumbnail and bytes behind its end. */
async function talkative(options: JpegOptions = {}): Promise<Buffer> {
  const image = await sharp(pixels)
    .withIccProfile('p3')
    .withExif({ IFD0: { Artist: SAID } })
    .jpeg(options)
    .toBuffer();
  const segment = (code: number, content: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt16BE(0xff00 + code, 0);
    length.writeUInt16BE(content.length + 2, 2);
    return Buffer.concat([length, content]);
  };
  const jfif = Buffer.concat([
    Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\x05\x01', 'latin1'),
    Buffer.from(SAID.slice(0, 15)),
  ]);
  return Buffer.concat([
    image.subarray(0, 2),
    segment(0xe0, jfif),
    segment(0xfe, Buffer.from(SAID)),
    segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x>${SAID}</x>`)),
    segment(0xed, Buffer.from(`Photoshop 3.0\0${SAID}`)),
    image.subarray(2),
    Buffer.from(SAID),
  ]);
}

describe('an image', () => {
  it.each([{}, { progressive: true }, { mozjpeg: true }])(
    'as JPEG %j keeps its pixels and says nothing',
    async (options) => {
      const image = await talkative(options);
      const stripped = stripJpegMetadata(image);
      expect(Buffer.from(stripped?.bytes ?? []).toString('latin1')).not.toMatch(
        /Zebulon|219-09|Exif|ICC_PROFILE|Photoshop|adobe/i,
      );
      expect(stripped?.removed).toBeGreaterThanOrEqual(5);
      const plain = await sharp(image, { ignoreIcc: true }).raw().toBuffer();
      expect((await decoded(stripped?.bytes ?? Buffer.alloc(0))).equals(plain)).toBe(true);
    },
  );

  it('as CMYK JPEG keeps its colour transform', async () => {
    const image = await sharp(pixels).toColourspace('cmyk').jpeg().toBuffer();
    const stripped = stripJpegMetadata(image);
    expect(Buffer.from(stripped?.bytes ?? []).includes('Adobe')).toBe(true);
    expect((await sharp(Buffer.from(stripped?.bytes ?? [])).metadata()).space).toBe('cmyk');
  });

  it('as PNG keeps its pixels and says nothing', async () => {
    const image = makePng(SAID);
    const stripped = stripPngMetadata(image);
    expect(Buffer.from(stripped?.bytes ?? []).toString('latin1')).not.toMatch(/Zebulon|219-09|tEXt|eXIf/);
    expect(stripped?.removed).toBe(3);
    expect((await decoded(stripped?.bytes ?? Buffer.alloc(0))).equals(await decoded(image))).toBe(true);
  });

  it('of another kind becomes PNG', async () => {
    for (const image of [sharp(pixels).gif(), sharp(pixels).webp({ lossless: true }), sharp(pixels).tiff()]) {
      const plain = await plainImage(await image.toBuffer());
      expect(plain?.extension).toBe('png');
      expect(await sharp(Buffer.from(plain?.bytes ?? [])).metadata()).toMatchObject({ width: 9, height: 7 });
    }
  });

  it('that is cut off or none at all is not kept', async () => {
    const jpeg = await talkative();
    for (const cut of [0, 1, 2, 3, 30, 200, jpeg.length - SAID.length - 1])
      expect(stripJpegMetadata(jpeg.subarray(0, cut))).toBeUndefined();
    const png = makePng('');
    for (let cut = 0; cut < png.length - 1; cut++)
      expect(stripPngMetadata(png.subarray(0, cut))).toBeUndefined();
    for (const other of ['', '<svg/>', 'II*\0nothing', 'GIF89a', '\x01\0\0\0 EMF'])
      expect(await plainImage(Buffer.from(other, 'latin1'))).toBeUndefined();
  });

  it('that stands for a lost one is an image', async () => {
    expect(await sharp(Buffer.from(EMPTY_PNG)).metadata()).toMatchObject({
      width: 1,
      height: 1,
      format: 'png',
    });
    expect((await decoded(EMPTY_PNG)).length).toBeGreaterThan(0);
  });
});
