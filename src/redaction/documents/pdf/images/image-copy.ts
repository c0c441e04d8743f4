import { PDFDict, PDFName, type PDFObject, PDFRawStream, type PDFRef, type PDFStream } from '@cantoo/pdf-lib';
import { decodeStream } from '../content/stream-decoding.js';
import { name, streamIn } from '../structure/pdf-objects.js';
import type { PlainCopy } from '../structure/plain-copy.js';
import { withoutJpegSegments } from './jpeg-segments.js';
import { withoutJpxBoxes } from './jpx-boxes.js';

/** What draws an image (ISO 32000-1, table 89). */
const KEYS: ReadonlySet<string> = new Set([
  ...[
    'Type',
    'Subtype',
    'Width',
    'Height',
    'ColorSpace',
    'BitsPerComponent',
    'Decode',
    'Interpolate',
    'ImageMask',
  ],
  ...['Intent', 'Matte', 'SMaskInData'],
]);
const MASKS = ['Mask', 'SMask'];
/** Bytes that a filter in front of a JPEG may unfold to. */
const MOST_JPEG_BYTES = 256 * 1024 * 1024;

/** Copies images without what only describes them. */
export class ImageCopy {
  /** Segments and boxes left out so far. */
  removed = 0;

  constructor(readonly plain: PlainCopy) {}

  copy(source: PDFStream): PDFRef {
    const dict = this.plain.dict(source.dict, KEYS);
    for (const key of MASKS) {
      const mask = streamIn(source.dict, key);
      const colors = source.dict.get(name(key));
      if (mask !== undefined) dict.set(name(key), this.copy(mask));
      else if (colors !== undefined) dict.set(name(key), this.plain.value(colors, source.dict));
    }
    const { bytes, filters } = this.#samples(source);
    const all = new Map<PDFName, PDFObject>([...dict.asMap(), ...filters]);
    return this.plain.store.put(PDFRawStream.of(PDFDict.fromMapWithContext(all, dict.context), bytes));
  }

  #samples(source: PDFStream): { bytes: Uint8Array; filters: Map<PDFName, PDFObject> } {
    const raw = source instanceof PDFRawStream ? source.contents : source.getContents();
    const filter = source.dict.toString();
    const strip = filter.includes('/DCT') ? withoutJpegSegments : withoutJpxBoxes;
    if (!/\/(DCT|DCTDecode|JPXDecode)\b/.test(filter)) {
      return {
        bytes: raw,
        filters: this.plain.dict(source.dict, new Set(['Filter', 'DecodeParms'])).asMap(),
      };
    }
    const { bytes, left } = decodeStream(source, MOST_JPEG_BYTES);
    const [last] = left;
    if (left.length !== 1 || last === undefined)
      return {
        bytes: raw,
        filters: this.plain.dict(source.dict, new Set(['Filter', 'DecodeParms'])).asMap(),
      };
    const stripped = strip(bytes);
    this.removed += stripped.removed;
    const filters = new Map<PDFName, PDFObject>([[name('Filter'), name(last.name)]]);
    if (last.parameters !== undefined) filters.set(name('DecodeParms'), this.plain.dict(last.parameters));
    return { bytes: stripped.bytes, filters };
  }
}
