import { deflateSync } from 'node:zlib';
import { asSharp, type Picture } from './scan-picture.js';

/** An image as PDF has it: its samples, and the entries of its dictionary beside width and height. */
export interface EncodedImage {
  readonly data: Buffer;
  readonly entries: string;
}

const DARK = 128;
const TIFF_STRIP_OFFSET = 273;
const TIFF_STRIP_LENGTH = 279;
const PNG_UP = 2;

const flate = (data: Uint8Array, entries: string): EncodedImage => ({
  data: deflateSync(data),
  entries: `/Filter /FlateDecode ${entries}`,
});

export async function jpeg(picture: Picture): Promise<EncodedImage> {
  const data = await asSharp(picture).toColourspace('srgb').jpeg({ quality: 90 }).toBuffer();
  return { data, entries: '/Filter /DCTDecode /BitsPerComponent 8 /ColorSpace /DeviceRGB' };
}

export async function grayJpeg(picture: Picture): Promise<EncodedImage> {
  const data = await asSharp(picture).toColourspace('b-w').jpeg({ quality: 90 }).toBuffer();
  return { data, entries: '/Filter /DCTDecode /BitsPerComponent 8 /ColorSpace /DeviceGray' };
}

/** Adobe's kind, whose samples are inverted. */
export async function cmykJpeg(picture: Picture): Promise<EncodedImage> {
  const data = await asSharp(picture).toColourspace('cmyk').jpeg({ quality: 90 }).toBuffer();
  return {
    data,
    entries: '/Filter /DCTDecode /BitsPerComponent 8 /ColorSpace /DeviceCMYK /Decode [1 0 1 0 1 0 1 0]',
  };
}

export const gray = ({ gray: samples }: Picture): EncodedImage =>
  flate(samples, '/BitsPerComponent 8 /ColorSpace /DeviceGray');

/** Rows as PNG filters them, each by the one above (RFC 2083, 6.4). */
export function pngRgb({ width, height, gray: samples }: Picture): EncodedImage {
  const stride = width * 3;
  const filtered = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    filtered[y * (stride + 1)] = PNG_UP;
    for (let x = 0; x < stride; x++) {
      const at = y * width + Math.floor(x / 3);
      const above = y === 0 ? 0 : (samples[at - width] ?? 0);
      filtered[y * (stride + 1) + 1 + x] = ((samples[at] ?? 0) - above) & 0xff;
    }
  }
  const parameters = `/DecodeParms << /Predictor 15 /Colors 3 /Columns ${width} >>`;
  return flate(filtered, `${parameters} /BitsPerComponent 8 /ColorSpace /DeviceRGB`);
}

/** Two bits a pixel, of four colours. */
export function palette({ width, height, gray: samples }: Picture): EncodedImage {
  const stride = width / 4;
  const packed = Buffer.alloc(stride * height);
  samples.forEach((value, at) => {
    packed[at >> 2] = (packed[at >> 2] ?? 0) | ((value >> 6) << (6 - 2 * (at & 3)));
  });
  return flate(
    packed,
    '/BitsPerComponent 2 /ColorSpace [/Indexed /DeviceRGB 3 <000040 404060 A0A0A0 FFFFFF>]',
  );
}

export function sixteenBits({ gray: samples }: Picture): EncodedImage {
  const wide = Buffer.alloc(samples.length * 2);
  samples.forEach((value, at) => {
    wide.writeUInt16BE(value * 257, at * 2);
  });
  return flate(wide, '/BitsPerComponent 16 /ColorSpace /DeviceGray');
}

/** A bit a pixel: 1 where the picture is light. */
export function bits({ width, height, gray: samples }: Picture): Buffer {
  const packed = Buffer.alloc((width / 8) * height);
  samples.forEach((value, at) => {
    if (value >= DARK) packed[at >> 3] = (packed[at >> 3] ?? 0) | (0x80 >> (at & 7));
  });
  return packed;
}

/** CCITT group 4 as TIFF has it too (ITU-T T.6). */
export async function groupFour(picture: Picture): Promise<EncodedImage> {
  const tiff = await asSharp(picture)
    .threshold(DARK)
    .toColourspace('b-w')
    .tiff({ compression: 'ccittfax4', bitdepth: 1 })
    .toBuffer();
  const start = tiffValue(tiff, TIFF_STRIP_OFFSET);
  const data = tiff.subarray(start, start + tiffValue(tiff, TIFF_STRIP_LENGTH));
  const parameters = `/DecodeParms << /K -1 /Columns ${picture.width} /Rows ${picture.height} /BlackIs1 true >>`;
  return {
    data,
    entries: `/Filter /CCITTFaxDecode ${parameters} /BitsPerComponent 1 /ColorSpace /DeviceGray`,
  };
}

/** Paints the current colour where the bit is 0. */
export const stencil = (picture: Picture): EncodedImage =>
  flate(bits(picture), '/ImageMask true /BitsPerComponent 1');

/** What is dark is opaque: the picture as the mask of another one. */
export const asAlpha = ({ gray: samples }: Picture): EncodedImage =>
  flate(
    samples.map((value) => 255 - value),
    '/BitsPerComponent 8 /ColorSpace /DeviceGray',
  );

function tiffValue(tiff: Buffer, tag: number): number {
  const directory = tiff.readUInt32LE(4);
  const count = tiff.readUInt16LE(directory);
  for (let entry = 0; entry < count; entry++) {
    const at = directory + 2 + entry * 12;
    if (tiff.readUInt16LE(at) === tag) return tiff.readUInt32LE(at + 8);
  }
  throw new Error(`no TIFF tag ${tag}`);
}
