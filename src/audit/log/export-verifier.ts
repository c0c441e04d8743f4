import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from './canonical-json.js';
import { type ParsedCheckpoint, parseCheckpoint, verifyCheckpoint } from './checkpoint.js';
import { CompactRange, nodesOf } from './compact-range.js';
import { ExportFault, UnusableInput } from './export-fault.js';
import { statementText } from './export-lines.js';
import {
  fieldsOf,
  isEnd,
  isSegment,
  objectOf,
  type ReadEnd,
  type ReadHead,
  readEnd,
  readEntry,
  readHead,
  readSegment,
} from './export-reading.js';
import { linesOf } from './lines.js';
import { hashText } from './merkle-hash.js';
import { parseNote, parseVerifierKey, verifierKey, verifyNote } from './signed-note.js';
import { TakenEntries } from './taken-entries.js';

/** What an export is held against. */
export interface Evidence {
  /** The note of a checkpoint that was kept elsewhere. */
  readonly checkpoint?: string | undefined;
  /** The verifier key of the log, as it was seen before. */
  readonly key?: string | undefined;
  /** Heads of the log that the instance's log tells of. */
  readonly heads?: readonly KnownHead[] | undefined;
}

/** That a log had so many leaves, and this root over them. */
export interface KnownHead {
  readonly size: number;
  /** Base64. */
  readonly root: string;
}

/** What was found out about an export in which nothing is wrong. */
export interface VerifiedExport {
  readonly head: ReadHead;
  /** The checkpoint that it ends with. */
  readonly checkpoint: ParsedCheckpoint;
  /** The one that it was held against. */
  readonly old: ParsedCheckpoint | undefined;
  readonly isKeyGiven: boolean;
  /** Entries of which there is but the hash. */
  readonly taken: number;
}

/**
 * Verifies an export, reading it once and holding little of it.
 * @param onEntry is given each entry, before it is known whether the export is verified
 * @throws ExportFault with the first thing that is wrong; UnusableInput when nothing can be said
 */
export async function verifyExport(
  pieces: AsyncIterable<Uint8Array>,
  { checkpoint, key, heads = [] }: Evidence = {},
  onEntry?: (entry: JsonValue) => void,
): Promise<VerifiedExport> {
  const old = checkpoint === undefined ? undefined : usableCheckpoint(checkpoint);
  if (key !== undefined && !parseVerifierKey(key))
    throw new UnusableInput('The key given is no verifier key.');
  const lines = linesOf(pieces);
  const first = await lines.next();
  if (first.done) throw new UnusableInput('The file is empty.');
  const reading = new ExportReading(first.value, { old, heads, key }, onEntry);
  for await (const line of lines) await reading.take(line, lines);
  return reading.verified(key !== undefined);
}

/** @throws UnusableInput */
function usableCheckpoint(text: string): ParsedCheckpoint {
  const parsed = parseCheckpoint(text);
  if (!parsed) throw new UnusableInput('The checkpoint given is none.');
  return parsed;
}

interface UsableEvidence {
  readonly old: ParsedCheckpoint | undefined;
  readonly heads: readonly KnownHead[];
  readonly key: string | undefined;
}

class ExportReading {
  private readonly digest = createHash('sha256');
  private readonly head: ReadHead;
  private readonly tree: CompactRange;
  private readonly old: ParsedCheckpoint | undefined;
  private readonly heads: ReadonlyMap<number, string>;
  private readonly taken = new TakenEntries();
  private line = 1;
  private end: ReadEnd | undefined;
  private oldRoot: Buffer | undefined;

  constructor(
    first: Buffer,
    { old, heads, key }: UsableEvidence,
    private readonly onEntry: ((entry: JsonValue) => void) | undefined,
  ) {
    this.head = readHead(first);
    this.old = old;
    this.heads = new Map(heads.map(({ size, root }) => [size, root]));
    this.digest.update(first);
    if (key !== undefined && key !== verifierKey(this.head.verifier))
      throw new ExportFault(
        'other_signer',
        'The export names another key than the one given: another one signed it.',
      );
    if (old) this.assertComparable(old);
    this.assertNotBehind(heads);
    const { first_leaf, left } = this.head;
    if (nodesOf(0, first_leaf).length !== left.length)
      throw new ExportFault('changed', 'The first line does not agree with itself: it was changed.');
    this.tree = CompactRange.of(first_leaf, left);
    this.compareRoots();
  }

  private get last(): number {
    return this.head.first_leaf + this.head.leaves;
  }

  private assertComparable(old: ParsedCheckpoint): void {
    const { origin, verifier, size, first_leaf } = this.head;
    if (old.origin !== origin)
      throw new ExportFault(
        'rewritten',
        `The export is of the log ${origin}, the checkpoint of ${old.origin}.`,
      );
    const verdict = verifyCheckpoint(old, verifier);
    if (verdict !== 'signed')
      throw new ExportFault('other_signer', 'The key of the export did not sign the checkpoint given.');
    if (old.size > size)
      throw new ExportFault(
        'cut',
        `The log had ${old.size} leaves at the checkpoint given and has ${size} here: its end was cut off.`,
      );
    if (old.size !== size && (old.size < first_leaf || old.size > this.last))
      throw new UnusableInput(
        `The checkpoint given is about ${old.size} leaves, of which this part of the log shows no root; take an export of all.`,
      );
  }

  /** @param rest the lines after this one, read only to say more about a fault */
  async take(line: Buffer, rest: AsyncIterable<Buffer>): Promise<void> {
    this.line += 1;
    if (this.end) throw new ExportFault('inserted', `Line ${this.line} comes after the end.`);
    const fields = fieldsOf(line, this.line);
    if (isEnd(fields)) {
      this.end = readEnd(fields, this.line);
      return;
    }
    if (isSegment(fields)) {
      const { first, hashes } = readSegment(fields, this.line);
      await this.assertPlace(first, hashes.length, rest);
      this.taken.note(first, hashes.length);
      for (const hash of hashes) this.append(hash);
    } else {
      const { leaf, hash, entry } = readEntry(fields, this.line);
      await this.assertPlace(leaf, 1, rest);
      this.taken.listen(entry);
      this.append(hash);
      this.onEntry?.(entry);
    }
    this.digest.update(line);
  }

  private async assertPlace(leaf: number, count: number, rest: AsyncIterable<Buffer>): Promise<void> {
    const expected = this.tree.size;
    if (leaf !== expected) throw await outOfPlace(leaf, expected, this.line, rest);
    if (leaf + count > this.last)
      throw new ExportFault('inserted', `Leaf ${leaf + count - 1} lies beyond what the first line names.`);
  }

  private append(hash: Buffer): void {
    this.tree.append(hash);
    this.compareRoots();
  }

  private compareRoots(): void {
    const { size } = this.tree;
    if (size === this.old?.size) this.oldRoot = this.tree.root();
    const known = this.heads.get(size);
    if (known === undefined || known === hashText(this.tree.root())) return;
    throw new ExportFault(
      'rewritten',
      `The first ${size} leaves are not those that the instance's log tells of: the log was rewritten.`,
    );
  }

  private assertNotBehind(heads: readonly KnownHead[]): void {
    const most = heads.reduce((size, head) => Math.max(size, head.size), 0);
    if (most > this.head.size)
      throw new ExportFault(
        'cut',
        `The instance's log knows this one with ${most} leaves; it has ${this.head.size} here. Unless the export of the instance is the newer of the two, the end was cut off.`,
      );
  }

  verified(isKeyGiven: boolean): VerifiedExport {
    const { head, end, old } = this;
    if (!end)
      throw new ExportFault('cut', `The export breaks off after line ${this.line}: its end is missing.`);
    if (this.tree.size !== this.last)
      throw new ExportFault('missing', `Leaves from ${this.tree.size} to ${this.last - 1} are missing.`);
    const checkpoint = this.signedCheckpoint(end);
    this.assertOld(checkpoint);
    this.assertRoot(end, checkpoint);
    this.assertStatement(end);
    // A part that ends before the log does may lack what tells of them.
    if (this.last === head.size) this.taken.assertAnnounced();
    return { head, checkpoint, old, isKeyGiven, taken: this.taken.count };
  }

  private signedCheckpoint(end: ReadEnd): ParsedCheckpoint {
    const checkpoint = parseCheckpoint(end.checkpoint);
    const { origin, size, verifier } = this.head;
    if (checkpoint?.note.signatures.length !== 1 || checkpoint.note.text.split('\n').length !== 4)
      throw new ExportFault('changed', 'The checkpoint at the end was changed.');
    const verdict = verifyCheckpoint(checkpoint, verifier);
    if (verdict === 'other_signer')
      throw new ExportFault(
        'other_signer',
        'Another key than the one named signed the checkpoint at the end.',
      );
    if (verdict === 'invalid' || checkpoint.origin !== origin || checkpoint.size !== size)
      throw new ExportFault('changed', 'The checkpoint at the end was changed, or another key signed it.');
    return checkpoint;
  }

  private assertOld({ size, root }: ParsedCheckpoint): void {
    const { old } = this;
    if (!old) return;
    const found = old.size === size ? root : this.oldRoot;
    if (!found?.equals(old.root))
      throw new ExportFault(
        'rewritten',
        `The first ${old.size} leaves are not those of the checkpoint given: the log was rewritten before that.`,
      );
  }

  private assertRoot({ right }: ReadEnd, { size, root }: ParsedCheckpoint): void {
    const nodes = nodesOf(this.last, size);
    const isWhole = nodes.length === right.length;
    if (isWhole)
      for (const [at, { level }] of nodes.entries()) this.tree.appendNode(level, right[at] as Buffer);
    if (isWhole && this.tree.root().equals(root)) return;
    const since =
      this.old && this.old.size > 0
        ? ` after leaf ${this.old.size - 1}, up to which they agree with the checkpoint given`
        : '';
    throw new ExportFault(
      'rewritten',
      `The entries are not those that the checkpoint at the end was signed for${since}: some were exchanged, together with their hashes.`,
    );
  }

  /** Covers what no hash of the tree does: what the export says of itself. */
  private assertStatement({ after, checkpoint, statement }: ReadEnd): void {
    const { origin, verifier } = this.head;
    this.digest.update(canonicalJson({ after, checkpoint }));
    const note = parseNote(statement);
    const isWhole =
      note?.text === statementText(origin, this.digest.digest()) && note.signatures.length === 1;
    if (!note || !isWhole || verifyNote(note, verifier) !== 'signed')
      throw new ExportFault(
        'changed',
        'What the export says of itself, in its first or last line, was changed.',
      );
  }
}

/** Why another leaf than the expected one stands in a line, as the lines after it tell. */
async function outOfPlace(
  leaf: number,
  expected: number,
  line: number,
  rest: AsyncIterable<Buffer>,
): Promise<ExportFault> {
  if (leaf < expected) return new ExportFault('inserted', `Leaf ${leaf} stands there again in line ${line}.`);
  for await (const later of rest)
    if (objectOf(later)?.leaf === expected)
      return new ExportFault('reordered', `Leaf ${leaf} stands in line ${line}, before leaf ${expected}.`);
  const missing = leaf - expected === 1 ? `Leaf ${expected} is` : `Leaves ${expected} to ${leaf - 1} are`;
  return new ExportFault('missing', `${missing} missing before line ${line}.`);
}
