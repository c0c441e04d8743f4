import { deflateSync } from 'node:zlib';

const MOST_PER_OBJECT_STREAM = 100;

export interface StreamOptions {
  /** Further entries of the dictionary, as PDF source. */
  readonly entries?: string;
  /** Compresses the data and says so. */
  readonly flate?: boolean;
}

export interface FileOptions {
  /** Entries of the trailer beside `Root` and `Size`, as PDF source. */
  readonly trailer?: string;
  /** Packs every object but streams into object streams (ISO 32000-1, 7.5.7), under a cross-reference stream. */
  readonly objectStreams?: boolean;
}

/**
 * Writes PDF files byte by byte, right or wrong ones alike: nothing given to it is checked. Text is Latin-1, so that a
 * character is a byte.
 */
export class RawPdf {
  readonly #bodies: (Buffer | undefined)[] = [];
  readonly #streams = new Set<number>();

  /** The number of an object whose body follows by {@link set}, or never. */
  reserve(): number {
    return this.#bodies.push(undefined);
  }

  set(number: number, body: string): void {
    this.#bodies[number - 1] = Buffer.from(body, 'latin1');
  }

  add(body: string): number {
    const number = this.reserve();
    this.set(number, body);
    return number;
  }

  addStream(data: string | Uint8Array, options: StreamOptions = {}): number {
    const number = this.reserve();
    this.setStream(number, data, options);
    return number;
  }

  setStream(number: number, data: string | Uint8Array, { entries = '', flate }: StreamOptions = {}): void {
    const plain = typeof data === 'string' ? Buffer.from(data, 'latin1') : Buffer.from(data);
    const bytes = flate ? deflateSync(plain) : plain;
    const filter = flate ? '/Filter /FlateDecode' : '';
    this.#bodies[number - 1] = Buffer.concat([
      Buffer.from(`<< ${entries} ${filter} /Length ${bytes.length} >>\nstream\n`, 'latin1'),
      bytes,
      Buffer.from('\nendstream', 'latin1'),
    ]);
    this.#streams.add(number);
  }

  /** @param root number of the catalog */
  toBytes(root: number, { trailer = '', objectStreams = false }: FileOptions = {}): Buffer {
    return objectStreams ? this.#packed(root, trailer) : this.#plain(root, trailer);
  }

  #plain(root: number, trailer: string): Buffer {
    const file = new FileBody();
    this.#bodies.forEach((body, index) => {
      if (body) file.object(index + 1, body);
    });
    const start = file.length;
    const size = this.#bodies.length + 1;
    file.push(`xref\n0 ${size}\n0000000000 65535 f \n`);
    for (let number = 1; number < size; number++) file.push(tableLine(file.offsets.get(number)));
    file.push(`trailer\n<< /Size ${size} /Root ${root} 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`);
    return file.toBytes();
  }

  #packed(root: number, trailer: string): Buffer {
    const file = new FileBody();
    const packed = new Map<number, { container: number; index: number }>();
    const plain: { number: number; body: Buffer }[] = [];
    this.#bodies.forEach((body, index) => {
      if (body === undefined) return;
      if (this.#streams.has(index + 1)) file.object(index + 1, body);
      else plain.push({ number: index + 1, body });
    });
    let next = this.#bodies.length + 1;
    for (let at = 0; at < plain.length; at += MOST_PER_OBJECT_STREAM) {
      const members = plain.slice(at, at + MOST_PER_OBJECT_STREAM);
      const container = next++;
      for (const [index, { number }] of members.entries()) packed.set(number, { container, index });
      file.object(container, objectStream(members));
    }
    const start = file.length;
    file.offsets.set(next, start);
    const rows: Buffer[] = [Buffer.from([0, 0, 0, 0, 0, 255])];
    for (let number = 1; number <= next; number++) rows.push(streamRow(file, packed, number));
    const data = deflateSync(Buffer.concat(rows));
    file.push(
      `${next} 0 obj\n<< /Type /XRef /Size ${next + 1} /W [1 4 1] /Root ${root} 0 R ${trailer} ` +
        `/Filter /FlateDecode /Length ${data.length} >>\nstream\n`,
    );
    file.push(data);
    file.push(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`);
    return file.toBytes();
  }
}

class FileBody {
  readonly offsets = new Map<number, number>();
  length = 0;
  readonly #pieces: Buffer[] = [];

  constructor() {
    this.push('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
  }

  push(piece: string | Buffer): void {
    const bytes = typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece;
    this.#pieces.push(bytes);
    this.length += bytes.length;
  }

  object(number: number, body: Buffer): void {
    this.offsets.set(number, this.length);
    this.push(`${number} 0 obj\n`);
    this.push(body);
    this.push('\nendobj\n');
  }

  toBytes(): Buffer {
    return Buffer.concat(this.#pieces);
  }
}

const tableLine = (offset: number | undefined) =>
  offset === undefined ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`;

function objectStream(members: readonly { number: number; body: Buffer }[]): Buffer {
  let offset = 0;
  const header = members.map(({ number, body }) => {
    const pair = `${number} ${offset}`;
    offset += body.length + 1;
    return pair;
  });
  const first = Buffer.from(`${header.join(' ')}\n`, 'latin1');
  const bodies = members.map(({ body }) => Buffer.concat([body, Buffer.from('\n')]));
  const data = deflateSync(Buffer.concat([first, ...bodies]));
  const dictionary =
    `<< /Type /ObjStm /N ${members.length} /First ${first.length} ` +
    `/Filter /FlateDecode /Length ${data.length} >>\nstream\n`;
  return Buffer.concat([Buffer.from(dictionary), data, Buffer.from('\nendstream')]);
}

function streamRow(
  file: FileBody,
  packed: ReadonlyMap<number, { container: number; index: number }>,
  number: number,
): Buffer {
  const row = Buffer.alloc(6);
  const place = packed.get(number);
  const offset = file.offsets.get(number);
  if (place !== undefined) {
    row[0] = 2;
    row.writeUInt32BE(place.container, 1);
    row[5] = place.index;
  } else if (offset !== undefined) {
    row[0] = 1;
    row.writeUInt32BE(offset, 1);
  }
  return row;
}
