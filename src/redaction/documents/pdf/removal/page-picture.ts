import { deflate } from 'node:zlib';
import { PDFDict, type PDFName, type PDFObject, PDFRawStream, type PDFRef } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import type { Rectangle } from '../content/matrix.js';
import type { PageGeometry } from '../page-geometry.js';
import type { Bitmap } from '../pdfium/page-bitmap.js';
import type { ObjectStore } from '../structure/object-store.js';
import { name } from '../structure/pdf-objects.js';

const compress = (bytes: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    deflate(bytes, { level: 6 }, (error, folded) => (error === null ? resolve(folded) : reject(error)));
  });

/** Of pages that become pictures: enough to read small print. */
const DOTS_PER_INCH = 150;
const POINTS_PER_INCH = 72;
/** 30 million pixels take 120 MB. */
const MOST_PIXELS = 30_000_000;
const QUALITY = 80;

/** Pixels of a page at 150 dpi, or as many as a page may take. */
export function pictureSize({ width, height }: Pick<PageGeometry, 'width' | 'height'>): {
  width: number;
  height: number;
} {
  return clampedSize(width, height, (width * DOTS_PER_INCH) / POINTS_PER_INCH);
}

/** The size of a picture of a page that is `wide` pixels wide, or as wide as it may be. */
export function clampedSize(width: number, height: number, wide: number): { width: number; height: number } {
  const scale = Math.min(wide / width, Math.sqrt(MOST_PIXELS / (width * height)));
  return {
    width: Math.min(MOST_PIXELS, Math.max(1, Math.floor(width * scale))),
    height: Math.min(MOST_PIXELS, Math.max(1, Math.floor(height * scale))),
  };
}

/** Fills rectangles of a page's own space in its picture; pixels that a border crosses are filled whole. */
export function fillBoxes(
  bitmap: Bitmap,
  geometry: PageGeometry,
  rectangles: readonly Rectangle[],
  color: readonly [number, number, number],
): void {
  for (const rectangle of rectangles) {
    const area = geometry.toArea(rectangle);
    if (area === undefined) continue;
    const right = Math.min(bitmap.width, Math.ceil((area.x + area.width) * bitmap.width));
    const bottom = Math.min(bitmap.height, Math.ceil((area.y + area.height) * bitmap.height));
    for (let y = Math.floor(area.y * bitmap.height); y < bottom; y++) {
      for (let x = Math.floor(area.x * bitmap.width); x < right; x++) {
        bitmap.pixels.set(color, (y * bitmap.width + x) * 4);
      }
    }
  }
}

/** PNG of a bitmap. */
export async function pngOf({ pixels, width, height }: Bitmap): Promise<Uint8Array> {
  const raw = { width, height, channels: 4 as const };
  return sharp(pixels, { raw, limitInputPixels: MOST_PIXELS * 2 })
    .removeAlpha()
    .png({ compressionLevel: 6 })
    .toBuffer();
}

/** The picture as an image of a document, by whichever means is smaller. */
export async function storePicture(bitmap: Bitmap, store: ObjectStore): Promise<PDFRef> {
  const { width, height } = bitmap;
  const raw = { width, height, channels: 4 as const };
  const picture = sharp(bitmap.pixels, { raw, limitInputPixels: MOST_PIXELS * 2 }).removeAlpha();
  const gray = grayOf(bitmap);
  const jpeg = await (gray === undefined ? picture : picture.grayscale())
    .jpeg({ quality: QUALITY })
    .toBuffer();
  const lossless = gray === undefined ? undefined : await compress(gray);
  const small = lossless !== undefined && lossless.length < jpeg.length ? lossless : undefined;
  const entries = new Map<PDFName, PDFObject>(
    Object.entries({
      Type: name('XObject'),
      Subtype: name('Image'),
      Width: store.context.obj(width),
      Height: store.context.obj(height),
      ColorSpace: name(gray === undefined ? 'DeviceRGB' : 'DeviceGray'),
      BitsPerComponent: store.context.obj(8),
      Filter: name(small === undefined ? 'DCTDecode' : 'FlateDecode'),
    }).map(([key, value]) => [name(key), value]),
  );
  return store.put(PDFRawStream.of(PDFDict.fromMapWithContext(entries, store.context), small ?? jpeg));
}

/** One byte for each pixel of a picture that has no colours. */
function grayOf({ pixels, width, height }: Bitmap): Uint8Array | undefined {
  const gray = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < gray.length; at++, from += 4) {
    const red = pixels[from] ?? 0;
    if (red !== pixels[from + 1] || red !== pixels[from + 2]) return undefined;
    gray[at] = red;
  }
  return gray;
}
