import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from './canonical-json.js';
import { hashText } from './merkle-hash.js';
import { signNote, type Verifier } from './signed-note.js';

export const EXPORT_FORMAT = 'redoubt-audit-log';
/** Since version 2 there are segments. */
export const EXPORT_VERSION = 2;

/** What an export says of itself before its entries. Leaves `first_leaf` to `first_leaf + leaves` are in it, without a gap. */
export interface ExportHead {
  readonly origin: string;
  readonly verifier_key: string;
  /** Leaves of the whole log, which the checkpoint at the end is about. */
  readonly size: number;
  readonly first_leaf: number;
  readonly leaves: number;
  /** What was asked for; null where there was no bound. */
  readonly from: string | null;
  readonly to: string | null;
  readonly exported_at: string;
  /** Roots, in base64, of the complete subtrees that stand over the leaves before the first one. */
  readonly before: readonly string[];
}

/** What follows after the entries. */
export interface ExportEnd {
  /** Roots, in base64, of the complete subtrees that stand over the leaves after the last one. */
  readonly after: readonly string[];
  readonly checkpoint: string;
}

/** An entry as exports have it, to be written as canonical JSON. @param leafHash the leaf's hash as the log has it */
export const entryFields = (leaf: number, leafHash: Buffer, entry: JsonValue) =>
  ({ leaf, leaf_hash: leafHash.toString('hex'), entry }) as const satisfies JsonValue;

/**
 * Writes an export: JSON Lines, each line in canonical form, so that no byte of it could be another one. A head, an entry a
 * line, and an end with the signed checkpoint and a signed statement of the SHA-256 of everything before.
 */
export class ExportWriter {
  private readonly digest = createHash('sha256');

  constructor(private readonly verifier: Verifier) {}

  head(head: ExportHead): string {
    return this.line({ format: EXPORT_FORMAT, version: EXPORT_VERSION, ...head });
  }

  /** @param leafHash the leaf's hash as the log has it */
  entry(leaf: number, leafHash: Buffer, entry: JsonValue): string {
    return this.line(entryFields(leaf, leafHash, entry));
  }

  /** Entries that are kept no longer, by what is left of them: the hashes of leaves from `first` on. */
  segment(first: number, leafHashes: readonly Buffer[]): string {
    return this.line({ first_leaf: first, leaf_hashes: leafHashes.map(hashText) });
  }

  async end(end: ExportEnd, sign: (bytes: Buffer) => Promise<Buffer>): Promise<string> {
    const { after, checkpoint } = end;
    this.digest.update(canonicalJson({ after, checkpoint }));
    const text = statementText(this.verifier.name, this.digest.digest());
    return `${canonicalJson({ after, checkpoint, statement: await signNote(text, this.verifier, sign) })}\n`;
  }

  private line(value: JsonValue): string {
    const line = `${canonicalJson(value)}\n`;
    this.digest.update(line);
    return line;
  }
}

/** What is signed of an export as a whole. No checkpoint reads like it, and it reads like none. */
export const statementText = (origin: string, digest: Buffer): string =>
  `redoubt audit export\n${origin}\n${hashText(digest)}\n`;
