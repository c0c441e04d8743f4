import { deflateSync } from 'node:zlib';
import {
  PDFArray,
  PDFDict,
  PDFName,
  PDFNull,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from '@cantoo/pdf-lib';
import { DocumentFailure } from '../../document-failure.js';
import { decodedText } from '../content/stream-decoding.js';
import { colourSpace } from './colour-spaces.js';
import type { ObjectStore } from './object-store.js';
import { name, nameIn, numberIn } from './pdf-objects.js';

/** What draws in colour spaces, functions, shadings, transparency groups, encodings and parameters of filters. */
const KEYS: ReadonlySet<string> = new Set([
  ...['Type', 'Subtype', 'Filter', 'DecodeParms', 'S', 'CS', 'I', 'N', 'Alternate'],
  ...['FunctionType', 'Domain', 'Range', 'Size', 'BitsPerSample', 'Order', 'Encode', 'Decode', 'C0', 'C1'],
  ...['Functions', 'Bounds', 'Function', 'WhitePoint', 'BlackPoint', 'Gamma', 'Matrix'],
  ...['ShadingType', 'ColorSpace', 'Background', 'BBox', 'AntiAlias', 'Coords', 'Extend'],
  ...['BitsPerCoordinate', 'BitsPerComponent', 'BitsPerFlag', 'VerticesPerRow'],
  ...[
    'K',
    'Columns',
    'Rows',
    'BlackIs1',
    'EncodedByteAlign',
    'EndOfLine',
    'EndOfBlock',
    'DamagedRowsBeforeError',
  ],
  ...['Predictor', 'Colors', 'EarlyChange', 'ColorTransform', 'JBIG2Globals'],
  ...['BaseEncoding', 'Differences', 'WMode', 'UseCMap'],
]);
const CALCULATOR = 4;
const DEEPEST = 32;

/** Copies objects from a document into another one with nothing but what draws. */
export class PlainCopy {
  readonly #copied = new Map<PDFRef, PDFObject>();

  constructor(readonly store: ObjectStore) {}

  /** A copy of a value; streams are stored and referred to. */
  value(source: PDFObject, from: PDFDict, depth = 0): PDFObject {
    if (depth > DEEPEST) throw new DocumentFailure('DOCUMENT_TOO_COMPLEX');
    if (source instanceof PDFRef) return this.#referred(source, from, depth);
    if (source instanceof PDFArray) return this.#array(source, from, depth);
    if (source instanceof PDFStream) return this.stream(source, undefined, depth + 1);
    if (source instanceof PDFDict) return this.dict(source, undefined, depth + 1);
    return source;
  }

  /** @param keys the only ones to copy, in place of all that draw anywhere */
  dict(source: PDFDict, keys: ReadonlySet<string> = KEYS, depth = 0): PDFDict {
    const entries = new Map<PDFName, PDFObject>();
    for (const [key, value] of source.entries()) {
      if (!keys.has(key.decodeText())) continue;
      const copy = this.value(value, source, depth + 1);
      if (copy !== PDFNull) entries.set(key, copy);
    }
    return PDFDict.fromMapWithContext(entries, this.store.context);
  }

  /** @param keys beside those that say how its bytes are written */
  stream(source: PDFStream, keys?: ReadonlySet<string>, depth = 0): PDFRef {
    if (isProgram(source.dict)) return this.program(source, depth);
    const all = keys === undefined ? undefined : new Set([...keys, 'Filter', 'DecodeParms']);
    const bytes = source instanceof PDFRawStream ? source.contents : source.getContents();
    return this.store.put(PDFRawStream.of(this.dict(source.dict, all, depth), bytes));
  }

  /** A stream that is a program in PostScript's syntax, without its remarks. */
  program(source: PDFStream, depth = 0): PDFRef {
    const text = decodedText(source).replaceAll(/%[^\r\n]*/g, '');
    const dict = this.dict(source.dict, undefined, depth);
    dict.delete(name('DecodeParms'));
    dict.set(name('Filter'), name('FlateDecode'));
    return this.store.put(PDFRawStream.of(dict, deflateSync(Buffer.from(text, 'latin1'))));
  }

  #array(source: PDFArray, from: PDFDict, depth: number): PDFArray {
    const array = PDFArray.withContext(this.store.context);
    for (const item of colourSpace(source, from.context)) array.push(this.value(item, from, depth + 1));
    return array;
  }

  #referred(ref: PDFRef, from: PDFDict, depth: number): PDFObject {
    const known = this.#copied.get(ref);
    if (known !== undefined) return known;
    this.#copied.set(ref, PDFNull);
    const found = from.context.lookup(ref);
    const copy = found === undefined ? PDFNull : this.value(found, from, depth + 1);
    this.#copied.set(ref, copy);
    return copy;
  }
}

const isProgram = (dict: PDFDict): boolean =>
  numberIn(dict, 'FunctionType') === CALCULATOR || nameIn(dict, 'Type') === 'CMap';
