import { deflateSync } from 'node:zlib';
import {
  type PDFArray,
  type PDFContext,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFStream,
} from '@cantoo/pdf-lib';
import { DocumentFailure } from '../../document-failure.js';
import { decodeStream } from '../content/stream-decoding.js';
import { withoutProfileTexts } from '../images/icc-profile.js';
import { name, numberIn } from './pdf-objects.js';

/** Colorants that mean something to a viewer (ISO 32000-1, 8.6.6.4); all others are names that somebody gave. */
const KNOWN_COLORANTS: ReadonlySet<string> = new Set(['All', 'None', 'Cyan', 'Magenta', 'Yellow', 'Black']);
const DEVICE_SPACES: Readonly<Record<number, string>> = { 1: 'DeviceGray', 3: 'DeviceRGB', 4: 'DeviceCMYK' };
/** A family, its colorants, the space and the function that stand in for them. */
const DRAWING_ITEMS = 4;

/** The items of an array; when it is a colour space, without names and texts that draw nothing. */
export function colourSpace(source: PDFArray, context: PDFContext): PDFObject[] {
  const items = source.asArray();
  const [family] = items;
  if (!(family instanceof PDFName)) return items;
  if (family === name('Separation')) return [...colorantsOf(items, context)];
  if (family === name('DeviceN')) return colorantsOf(items, context).slice(0, DRAWING_ITEMS);
  const profile = family === name('ICCBased') ? context.lookup(items[1]) : undefined;
  return profile instanceof PDFStream ? profiled(profile, context) : items;
}

function colorantsOf([family, colorants, ...rest]: PDFObject[], context: PDFContext): PDFObject[] {
  const named = context.lookup(colorants);
  if (family === undefined || named === undefined) return [];
  if (named instanceof PDFName) return [family, renamed(named, 0), ...rest];
  const list = 'asArray' in named ? (named as PDFArray).asArray() : [];
  const names = list.map((item, index) => (item instanceof PDFName ? renamed(item, index) : name('None')));
  return [family, context.obj(names), ...rest];
}

const renamed = (colorant: PDFName, index: number): PDFName =>
  KNOWN_COLORANTS.has(colorant.decodeText()) ? colorant : name(`Spot${index + 1}`);

/** Many images have the same one. */
const cleaned = new WeakMap<PDFStream, PDFObject[]>();

/** A profile without its texts; the device's own space in place of what is no profile. */
function profiled(profile: PDFStream, context: PDFContext): PDFObject[] {
  const known = cleaned.get(profile) ?? profileItems(profile, context);
  cleaned.set(profile, known);
  return known;
}

function profileItems(profile: PDFStream, context: PDFContext): PDFObject[] {
  const components = numberIn(profile.dict, 'N') ?? 3;
  const { bytes, left } = decodeStream(profile);
  const clean = left.length > 0 ? undefined : withoutProfileTexts(bytes);
  if (clean !== undefined) {
    const dict = context.obj({ N: components, Filter: 'FlateDecode' });
    return [name('ICCBased'), PDFRawStream.of(dict, deflateSync(clean))];
  }
  const device = DEVICE_SPACES[components];
  if (device === undefined) throw new DocumentFailure('DOCUMENT_DAMAGED');
  return [name(device)];
}
