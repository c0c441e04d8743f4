import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

/** Far beyond what a segment's entries take, in bytes: what says otherwise is no segment. */
const MOST_BYTES = 64 * 2 ** 20;

const [compress, decompress] = [promisify(gzip), promisify(gunzip)];

/** Texts of entries, a line each, compressed (RFC 1952). Canonical JSON has no line feed. */
export const packTexts = (texts: readonly string[]): Promise<Buffer> => compress(texts.join('\n'));

/** @throws Error when the bytes are not what {@link packTexts} made */
export const unpackTexts = async (bytes: Buffer): Promise<string[]> =>
  (await decompress(bytes, { maxOutputLength: MOST_BYTES })).toString().split('\n');
