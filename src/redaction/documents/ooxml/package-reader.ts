import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { DocumentFailure } from '../document-failure.js';
import { PACKAGE_LIMITS, type PackageLimits } from './package-limits.js';

/** Signature of a compound file (MS-CFB 2.2), in which Office keeps encrypted packages and its old formats. */
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const STORED = 0;
const DEFLATED = 8;

/**
 * The parts of an OPC package (ECMA-376 part 2). Nothing is inflated until it is asked for; what all parts declare to be in
 * size is added up before, and each is held to what it declared.
 */
export class PackageReader {
  /** By name in lower case: names of parts that differ in case alone are the same. */
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(
    private readonly zip: ZipFile,
    entries: ReadonlyMap<string, Entry>,
  ) {
    this.#entries = entries;
  }

  /** @throws DocumentFailure `DOCUMENT_ENCRYPTED`, `DOCUMENT_DAMAGED`, `DOCUMENT_TOO_LARGE` */
  static async open(bytes: Uint8Array, limits: PackageLimits = PACKAGE_LIMITS): Promise<PackageReader> {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (buffer.subarray(0, COMPOUND_FILE.length).equals(COMPOUND_FILE))
      throw new DocumentFailure('DOCUMENT_ENCRYPTED');
    try {
      const zip = await fromBufferPromise(buffer, { strictFileNames: false });
      return new PackageReader(zip, await entriesOf(zip, limits));
    } catch (error) {
      throw error instanceof DocumentFailure ? error : new DocumentFailure('DOCUMENT_DAMAGED');
    }
  }

  /** Names of all parts, as the package spells them, without a leading slash. */
  get names(): string[] {
    return Array.from(this.#entries.values(), ({ fileName }) => fileName);
  }

  /** Comments of the ZIP or of its entries. */
  get hasComments(): boolean {
    if (this.zip.comment !== '') return true;
    return Array.from(this.#entries.values()).some(({ fileComment }) => fileComment !== '');
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /** Declared size after inflation; {@link read} proves it. */
  sizeOf(name: string): number {
    return this.#entries.get(name.toLowerCase())?.uncompressedSize ?? 0;
  }

  /** @throws DocumentFailure `DOCUMENT_DAMAGED` when there is no such part, or its bytes are not what its header says */
  async read(name: string): Promise<Buffer> {
    const entry = this.#entries.get(name.toLowerCase());
    if (entry === undefined) throw new DocumentFailure('DOCUMENT_DAMAGED');
    const bytes = await this.#inflate(entry);
    if (crc32(bytes) !== entry.crc32) throw new DocumentFailure('DOCUMENT_DAMAGED');
    return bytes;
  }

  async #inflate(entry: Entry): Promise<Buffer> {
    try {
      const pieces: Buffer[] = [];
      // The stream ends with an error at the first byte beyond the declared size.
      for await (const piece of await this.zip.openReadStreamPromise(entry)) pieces.push(piece);
      return Buffer.concat(pieces);
    } catch {
      throw new DocumentFailure('DOCUMENT_DAMAGED');
    }
  }
}

async function entriesOf(zip: ZipFile, limits: PackageLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.entries) throw new DocumentFailure('DOCUMENT_TOO_LARGE');
  const entries = new Map<string, Entry>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    if (entry.isEncrypted()) throw new DocumentFailure('DOCUMENT_ENCRYPTED');
    total += entry.uncompressedSize;
    if (entry.uncompressedSize > limits.part || total > limits.total)
      throw new DocumentFailure('DOCUMENT_TOO_LARGE');
    const name = entry.fileName.toLowerCase();
    const isReadable = entry.compressionMethod === STORED || entry.compressionMethod === DEFLATED;
    // Two parts of one name are read differently by different readers.
    if (!isReadable || entries.has(name)) throw new DocumentFailure('DOCUMENT_DAMAGED');
    entries.set(name, entry);
  }
  return entries;
}
