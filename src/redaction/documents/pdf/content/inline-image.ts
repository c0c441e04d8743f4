import {
  PDFArray,
  PDFBool,
  type PDFContext,
  type PDFDict,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
} from '@cantoo/pdf-lib';
import { dictIn, name } from '../structure/pdf-objects.js';
import type { InlineImage, Operand } from './content-reader.js';
import { nameOf, stringBytes } from './content-strings.js';
import { numberOf } from './content-writer.js';

/** Abbreviations of ISO 32000-1, tables 93 and 94. */
const KEYS: Readonly<Record<string, string>> = {
  BPC: 'BitsPerComponent',
  CS: 'ColorSpace',
  D: 'Decode',
  DP: 'DecodeParms',
  F: 'Filter',
  H: 'Height',
  IM: 'ImageMask',
  I: 'Interpolate',
  W: 'Width',
};
const VALUES: Readonly<Record<string, string>> = {
  G: 'DeviceGray',
  RGB: 'DeviceRGB',
  CMYK: 'DeviceCMYK',
  I: 'Indexed',
  AHx: 'ASCIIHexDecode',
  A85: 'ASCII85Decode',
  LZW: 'LZWDecode',
  Fl: 'FlateDecode',
  RL: 'RunLengthDecode',
  CCF: 'CCITTFaxDecode',
  DCT: 'DCTDecode',
};
const ABBREVIATED: ReadonlySet<string> = new Set(['ColorSpace', 'Filter']);

/** An image of a content stream as an object of its own, in the context of the document it was read from. */
export function imageOf(
  image: InlineImage,
  context: PDFContext,
  resources: PDFDict | undefined,
): PDFRawStream {
  const dict = context.obj({ Subtype: 'Image' });
  for (let at = 0; at + 1 < image.entries.length; at += 2) {
    const [key, value] = [image.entries[at], image.entries[at + 1]];
    if (key?.kind !== 'name' || value === undefined) continue;
    const short = nameOf(key.raw);
    const long = KEYS[short] ?? short;
    const named =
      long === 'ColorSpace' && value.kind === 'name' ? dictIn(resources, 'ColorSpace') : undefined;
    const space = value.kind === 'name' ? named?.get(PDFName.of(nameOf(value.raw))) : undefined;
    dict.set(name(long), space ?? objectOf(value, context, ABBREVIATED.has(long)));
  }
  return PDFRawStream.of(dict, Buffer.from(image.data, 'latin1'));
}

function objectOf(operand: Operand, context: PDFContext, abbreviated: boolean): PDFObject {
  if ('items' in operand) {
    if (operand.kind === 'dictionary') return dictOf(operand.items, context);
    const array = PDFArray.withContext(context);
    for (const item of operand.items) array.push(objectOf(item, context, abbreviated));
    return array;
  }
  if (operand.kind === 'number') return PDFNumber.of(numberOf(operand));
  if (operand.kind === 'string')
    return PDFHexString.of(Buffer.from(stringBytes(operand.raw), 'latin1').toString('hex'));
  if (operand.kind === 'word') return operand.raw === 'true' ? PDFBool.True : PDFBool.False;
  const text = nameOf(operand.raw);
  return name((abbreviated ? VALUES[text] : undefined) ?? text);
}

function dictOf(items: readonly Operand[], context: PDFContext): PDFDict {
  const dict = context.obj({});
  for (let at = 0; at + 1 < items.length; at += 2) {
    const [key, value] = [items[at], items[at + 1]];
    if (key?.kind === 'name' && value !== undefined)
      dict.set(name(nameOf(key.raw)), objectOf(value, context, false));
  }
  return dict;
}
