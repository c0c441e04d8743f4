import { canonicalJson, type JsonValue } from './canonical-json.js';
import { ExportFault, UnusableInput } from './export-fault.js';
import { type Fields, objectOf } from './export-reading.js';
import { hashOfText, leafHash } from './merkle-hash.js';

/** What a collector was sent in one message. */
export type StreamLine =
  | {
      readonly kind: 'entry';
      readonly leaf: number;
      readonly hash: Buffer;
      readonly organizationId: string;
      readonly entry: JsonValue;
    }
  /** An entry that is kept no longer. */
  | { readonly kind: 'taken'; readonly leaf: number; readonly hash: Buffer; readonly organizationId: string }
  | {
      readonly kind: 'head';
      readonly leaf: number;
      readonly hash: Buffer;
      readonly organizationId: string;
      readonly size: number;
      readonly root: Buffer;
    }
  /** `key` is missing from those of older releases. */
  | { readonly kind: 'checkpoint'; readonly note: string; readonly key: string | undefined };

const LINE_FEED = 0x0a;
/** What syslog puts before text beyond ASCII. */
const MARK = '\uFEFF';

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/**
 * Reads a line as a collector keeps it. Spaces, the order of fields, and fields beside them are the collector's: what counts is
 * that what was hashed is what it was.
 * @param isFirst whether no line before was one of a stream
 * @returns undefined for an empty line
 * @throws UnusableInput for another file; ExportFault
 */
export function readStreamLine(line: Buffer, number: number, isFirst: boolean): StreamLine | undefined {
  const text = line.toString().trim();
  if (text === '') return undefined;
  const fields = objectOf(Buffer.from(text.startsWith(MARK) ? text.slice(MARK.length) : text));
  const read = fields && lineOf(fields, number);
  if (read) return read;
  if (isFirst)
    throw new UnusableInput(
      `Line ${number} is no message of Redoubt to a collector. Give a file with the JSON of one message a line.`,
    );
  if (line.at(-1) !== LINE_FEED) throw new ExportFault('cut', `The copy breaks off within line ${number}.`);
  throw new ExportFault('changed', `Line ${number} is not as Redoubt sent it: it was changed.`);
}

function lineOf(fields: Fields, number: number): StreamLine | undefined {
  const { checkpoint, verifier_key: key, leaf, leaf_hash: hash, entry, head } = fields;
  if (typeof checkpoint === 'string')
    return { kind: 'checkpoint', note: checkpoint, key: typeof key === 'string' ? key : undefined };
  if (!isCount(leaf) || typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash)) return undefined;
  const placed = { leaf, hash: Buffer.from(hash, 'hex') };
  if (head !== undefined) return headOf(placed, head, number);
  const organizationId = organizationOf(entry === undefined ? fields : entry);
  if (organizationId === undefined) return undefined;
  if (entry === undefined) return { kind: 'taken', ...placed, organizationId };
  assertHash(placed, entry, number);
  return { kind: 'entry', ...placed, organizationId, entry };
}

interface Placed {
  readonly leaf: number;
  readonly hash: Buffer;
}

function headOf(placed: Placed, head: JsonValue, number: number): StreamLine | undefined {
  const organizationId = organizationOf(head);
  const { size, root: text } = head as { readonly [name: string]: JsonValue };
  const root = hashOfText(text);
  if (organizationId === undefined || !isCount(size) || !root) return undefined;
  assertHash(placed, head, number);
  return { kind: 'head', ...placed, organizationId, size, root };
}

function organizationOf(value: JsonValue): string | undefined {
  if (typeof value !== 'object' || value === null || !('organization_id' in value)) return undefined;
  const { organization_id: id } = value as { readonly [name: string]: JsonValue };
  return typeof id === 'string' ? id : undefined;
}

function assertHash({ leaf, hash }: Placed, hashed: JsonValue, number: number): void {
  const text = textOf(hashed);
  if (text !== undefined && leafHash(text).equals(hash)) return;
  throw new ExportFault('changed', `What leaf ${leaf} (line ${number}) stands for was changed.`);
}

/** Undefined for what has no canonical text, so that no log has it. */
function textOf(value: JsonValue): string | undefined {
  try {
    return canonicalJson(value);
  } catch {
    return undefined;
  }
}
