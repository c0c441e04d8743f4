import { constants, deflateRawSync, deflateSync } from 'node:zlib';
import { line, PdfBuilder } from './page.js';
import { RawPdf } from './raw-pdf.js';

const KEPT = 'This sentence stays as it is.';
const GIB = 2 ** 30;
const CHUNK = 2 ** 24;
const OPERATORS = 3_000_000;
const NESTED_ARRAYS = 200_000;
const KIDS = 100_000;
const LAUGHS = 10;

/** A small file that asks for far more than it is. */
export interface Bomb {
  readonly name: string;
  readonly make: () => Uint8Array;
  readonly strict?: boolean;
}

/**
 * Spaces by the gigabyte, compressed to a thousandth. A gigabyte is never there: a middle part of one block is repeated,
 * since zlib's stream of equal bytes can be flushed at any point and goes on the same (RFC 1951, 3.2.3; zlib's
 * `Z_SYNC_FLUSH` ends on a byte).
 */
function deflatedSpaces(bytes: number): Buffer {
  const chunk = Buffer.alloc(CHUNK, ' ');
  const flushed = deflateRawSync(chunk, { level: 9, finishFlush: constants.Z_SYNC_FLUSH });
  const count = bytes / CHUNK;
  const last = Buffer.from([3, 0]);
  return Buffer.concat([
    Buffer.from([0x78, 0xda]),
    ...Array.from({ length: count }, () => flushed),
    last,
    adlerOfSpaces(bytes),
  ]);
}

/** The checksum at the end of a zlib stream of that many spaces (RFC 1950, 2.2), by its closed form. */
function adlerOfSpaces(bytes: number): Buffer {
  const [n, space, base] = [BigInt(bytes), 32n, 65_521n];
  const a = (1n + n * space) % base;
  const b = (n + (space * n * (n + 1n)) / 2n) % base;
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(Number((b << 16n) | a));
  return sum;
}

function filtered(data: Buffer, filters: string): Buffer {
  const pdf = new RawPdf();
  const [catalog, tree] = [pdf.reserve(), pdf.reserve()];
  const content = pdf.addStream(data, { entries: `/Filter [${filters}]` });
  const page = pdf.add(
    `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 612 792] /Contents ${content} 0 R /Resources << >> >>`,
  );
  pdf.set(tree, `<< /Type /Pages /Count 1 /Kids [${page} 0 R] >>`);
  pdf.set(catalog, `<< /Type /Catalog /Pages ${tree} 0 R >>`);
  return pdf.toBytes(catalog);
}

const contentOf = (content: string): Buffer => {
  const builder = new PdfBuilder();
  builder.page({ content });
  return builder.finish();
};

function selfReference(): Buffer {
  const builder = new PdfBuilder();
  const form = builder.pdf.reserve();
  builder.pdf.setStream(form, `/X Do /X Do ${line(KEPT, 72, 72)}`, {
    entries: `/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << ${builder.fonts} /XObject << /X ${form} 0 R >> >>`,
  });
  builder.page({ content: '/X Do', resources: `/XObject << /X ${form} 0 R >>` });
  return builder.finish();
}

/** Each form shows ten times the next one: 10^10 lines in all. */
function laughs(): Buffer {
  const builder = new PdfBuilder();
  const form = (content: string, resources: string) =>
    builder.pdf.addStream(content, {
      entries: `/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << ${resources} >>`,
    });
  let inner = form(line(KEPT, 72, 72), builder.fonts);
  for (let level = 0; level < LAUGHS; level++)
    inner = form('/X Do '.repeat(LAUGHS), `/XObject << /X ${inner} 0 R >>`);
  builder.page({ content: '/X Do', resources: `/XObject << /X ${inner} 0 R >>` });
  return builder.finish();
}

/** A tree whose kids are one page, and which says that there are `count` of them. */
function pageTree(kids: number, count: number): Buffer {
  const builder = new PdfBuilder();
  const page = builder.page({ content: line(KEPT, 72, 72) });
  builder.finish();
  const list = `${page} 0 R `.repeat(kids);
  builder.pdf.set(builder.tree, `<< /Type /Pages /Count ${count} /Kids [${list}] >>`);
  return builder.pdf.toBytes(builder.catalog);
}

/** An image of 30,000 pixels square, all of one colour, beside text. */
function hugeImage(): Buffer {
  const side = 30_000;
  const builder = new PdfBuilder();
  const image = builder.pdf.addStream(deflateSync(Buffer.alloc((side / 8) * side)), {
    entries: `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /FlateDecode`,
  });
  builder.page({
    content: `q 400 0 0 400 72 200 cm /Im Do Q ${line(KEPT, 72, 72)}`,
    resources: `/XObject << /Im ${image} 0 R >>`,
  });
  return builder.finish();
}

function hugePage(): Buffer {
  const builder = new PdfBuilder();
  builder.page({ content: line(KEPT, 72, 72), entries: '/MediaBox [0 0 10000000 10000000]' });
  return builder.finish();
}

const nestedArrays = () =>
  contentOf(`${line(KEPT, 72, 72)} ${'['.repeat(NESTED_ARRAYS)}${']'.repeat(NESTED_ARRAYS)} TJ`);

function nestedObjects(): Buffer {
  const builder = new PdfBuilder();
  builder.page({ content: line(KEPT, 72, 72) });
  const nested = builder.pdf.add('['.repeat(NESTED_ARRAYS) + ']'.repeat(NESTED_ARRAYS));
  return builder.finish(`/Own ${nested} 0 R`);
}

const THREE_OPERATORS = '0 g 1 0 0 1 0 0 cm 0 0 1 1 re\n';

export const BOMBS: readonly Bomb[] = [
  {
    name: 'a stream deflated twice, of 2 GiB',
    make: () => filtered(deflateSync(deflatedSpaces(2 * GIB)), '/FlateDecode /FlateDecode'),
  },
  { name: 'content of 1 GiB', make: () => filtered(deflatedSpaces(GIB), '/FlateDecode') },
  { name: 'three million operators', make: () => contentOf(THREE_OPERATORS.repeat(OPERATORS / 3)) },
  { name: 'a form that shows itself', make: selfReference },
  { name: 'forms that show ten of the next, ten deep', make: laughs },
  { name: 'one page as 100,000 kids', make: () => pageTree(KIDS, KIDS) },
  { name: 'a tree that claims two thousand million pages', make: () => pageTree(1, 2_000_000_000) },
  { name: 'an image of 30,000 pixels square', make: hugeImage },
  { name: 'an image of 30,000 pixels square, strict', make: hugeImage, strict: true },
  { name: 'a page of ten million points square', make: hugePage },
  { name: 'a page of ten million points square, strict', make: hugePage, strict: true },
  { name: '200,000 arrays in each other in content', make: nestedArrays },
  { name: '200,000 arrays in each other as an object', make: nestedObjects },
];
