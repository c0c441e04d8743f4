import { canonicalJson, type JsonValue } from './canonical-json.js';
import { ExportFault, UnusableInput } from './export-fault.js';
import { EXPORT_FORMAT, type ExportEnd, type ExportHead } from './export-lines.js';
import { hashOfText, leafHash } from './merkle-hash.js';
import { parseVerifierKey, type Verifier } from './signed-note.js';

const LINE_FEED = 0x0a;
/** The first had no segments. */
const VERSIONS: readonly number[] = [1, 2];

/** A line as it was read. */
export type Fields = { readonly [name: string]: JsonValue };

/** One entry of an export. */
export interface ReadEntry {
  readonly leaf: number;
  readonly hash: Buffer;
  readonly entry: JsonValue;
}

/** Entries that are kept no longer, by the hashes of their leaves. */
export interface ReadSegment {
  readonly first: number;
  readonly hashes: readonly Buffer[];
}

export interface ReadHead extends ExportHead {
  readonly verifier: Verifier;
  readonly left: readonly Buffer[];
}

export interface ReadEnd extends ExportEnd {
  readonly right: readonly Buffer[];
  readonly statement: string;
}

/** The object of a line. @throws ExportFault unless it stands there exactly as an export writes it */
export function fieldsOf(line: Buffer, number: number): Fields {
  if (line.at(-1) !== LINE_FEED) throw new ExportFault('cut', `The export breaks off within line ${number}.`);
  const fields = objectOf(line);
  if (!fields || !isWrittenAs(fields, line))
    throw new ExportFault(
      'changed',
      `Line ${number} is not as an export writes it: bytes of it were changed.`,
    );
  return fields;
}

/** What a line holds, whether or not as an export writes it. */
export function objectOf(line: Buffer): Fields | undefined {
  try {
    const value: unknown = JSON.parse(line.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Fields)
      : undefined;
  } catch {
    return undefined;
  }
}

function isWrittenAs(fields: Fields, line: Buffer): boolean {
  try {
    return Buffer.from(`${canonicalJson(fields)}\n`).equals(line);
  } catch {
    return false;
  }
}

const HEAD = [
  ...['before', 'exported_at', 'first_leaf', 'format', 'from', 'leaves', 'origin', 'size', 'to'],
  ...['verifier_key', 'version'],
];
const ENTRY = ['entry', 'leaf', 'leaf_hash'];
const SEGMENT = ['first_leaf', 'leaf_hashes'];
const END = ['after', 'checkpoint', 'statement'];

const hasExactly = (fields: Fields, names: readonly string[]): boolean =>
  Object.keys(fields).sort().join() === names.join();

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

const hashesOf = (value: unknown): Buffer[] | undefined => {
  if (!Array.isArray(value)) return undefined;
  const hashes = value.map(hashOfText);
  return hashes.every((hash) => hash !== undefined) ? hashes : undefined;
};

/** @throws UnusableInput for another file, or a version of a later release; ExportFault */
export function readHead(line: Buffer): ReadHead {
  const found = objectOf(line);
  if (found?.format !== EXPORT_FORMAT && !line.includes(`"${EXPORT_FORMAT}"`))
    throw new UnusableInput('This is not an export of an audit log.');
  if (Number.isSafeInteger(found?.version) && !VERSIONS.includes(Number(found?.version)))
    throw new UnusableInput(
      `This export is of version ${String(found?.version)}; this program reads versions 1 and 2.`,
    );
  const fields = fieldsOf(line, 1);
  const verifier = parseVerifierKey(String(fields.verifier_key));
  const left = hashesOf(fields.before);
  const { size, first_leaf, leaves, origin } = fields;
  const isWhole =
    hasExactly(fields, HEAD) &&
    isCount(size) &&
    isCount(first_leaf) &&
    isCount(leaves) &&
    first_leaf + leaves <= size;
  if (!isWhole || !verifier || !left || verifier.name !== origin)
    throw new ExportFault('changed', 'The first line does not agree with itself: it was changed.');
  return { ...(fields as unknown as ExportHead), verifier, left };
}

/** @throws ExportFault when the entry is not what its hash was made of */
export function readEntry(fields: Fields, number: number): ReadEntry {
  const { leaf, leaf_hash, entry } = fields;
  if (!hasExactly(fields, ENTRY) || !isCount(leaf) || entry === undefined)
    throw new ExportFault('changed', `Line ${number} holds no entry: it was changed.`);
  const hash = leafHash(canonicalJson(entry));
  if (hash.toString('hex') !== leaf_hash)
    throw new ExportFault('changed', `The entry of leaf ${leaf} (line ${number}) was changed.`);
  return { leaf, hash, entry };
}

export const isSegment = (fields: Fields): boolean => 'leaf_hashes' in fields;

/** @throws ExportFault */
export function readSegment(fields: Fields, number: number): ReadSegment {
  const { first_leaf: first } = fields;
  const hashes = hashesOf(fields.leaf_hashes);
  if (!hasExactly(fields, SEGMENT) || !isCount(first) || !hashes || hashes.length === 0)
    throw new ExportFault('changed', `Line ${number} is no segment: it was changed.`);
  return { first, hashes };
}

export const isEnd = (fields: Fields): boolean => 'checkpoint' in fields;

/** @throws ExportFault */
export function readEnd(fields: Fields, number: number): ReadEnd {
  const right = hashesOf(fields.after);
  const { checkpoint, statement } = fields;
  if (!hasExactly(fields, END) || !right || typeof checkpoint !== 'string' || typeof statement !== 'string')
    throw new ExportFault('changed', `Line ${number} is not the end of an export: it was changed.`);
  return { after: fields.after as readonly string[], right, checkpoint, statement };
}
