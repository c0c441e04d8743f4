import { stripJpegMetadata, stripPngMetadata } from './strip-metadata.js';

/** An image that shows what it showed and says nothing else. */
export interface PlainImage {
  readonly bytes: Uint8Array;
  readonly extension: 'png' | 'jpeg';
  /** Segments, chunks or, for a re-encoded image, 1. */
  readonly removed: number;
}

/** 100 megapixels: larger than what cameras make, small enough to decode. */
const MOST_PIXELS = 100_000_000;
const GIF = /^GIF8[79]a/;
const WEBP = /^RIFF[\s\S]{4}WEBP/;
const TIFF = /^(?:II\*\0|MM\0\*)/;

/** PNG of one transparent pixel, in place of an image that cannot be kept. */
export const EMPTY_PNG: Uint8Array = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR4nGP4zwAAAgEBADK6K5IAAAAASUVORK5CYII=',
  'base64',
);

/**
 * JPEG and PNG keep their pixels bit by bit and lose their metadata; GIF, WebP and TIFF become PNG, one frame of them.
 * @returns undefined for anything else, vector formats among them, and for what cannot be read to its end
 */
export async function plainImage(bytes: Uint8Array): Promise<PlainImage | undefined> {
  const jpeg = stripJpegMetadata(bytes);
  if (jpeg !== undefined) return { ...jpeg, extension: 'jpeg' };
  const png = stripPngMetadata(bytes);
  if (png !== undefined) return { ...png, extension: 'png' };
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  if (!GIF.test(start) && !WEBP.test(start) && !TIFF.test(start)) return undefined;
  return await reencoded(bytes);
}

async function reencoded(bytes: Uint8Array): Promise<PlainImage | undefined> {
  try {
    const { default: sharp } = await import('sharp');
    const image = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' }).autoOrient();
    return { bytes: await image.png().toBuffer(), extension: 'png', removed: 1 };
  } catch {
    // Whatever the decoder dislikes is not kept; its message may quote the file.
    return undefined;
  }
}
