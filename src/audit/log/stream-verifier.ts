import { type ParsedCheckpoint, parseCheckpoint, verifyCheckpoint } from './checkpoint.js';
import { CompactRange } from './compact-range.js';
import { ExportFault, UnusableInput } from './export-fault.js';
import { LeafHashes } from './leaf-hashes.js';
import { linesOf } from './lines.js';
import { OrganizationCopy } from './organization-copy.js';
import { parseVerifierKey, type Verifier } from './signed-note.js';
import { readStreamLine, type StreamLine } from './stream-reading.js';

/** What a collector's copy is held against. */
export interface StreamEvidence {
  /** The note of a checkpoint of the instance that was kept elsewhere. */
  readonly checkpoint?: string | undefined;
  /** A verifier key of the installation, as it was seen before. */
  readonly key?: string | undefined;
}

/** What was found out about a collector's copy in which nothing is wrong. */
export interface VerifiedStream {
  readonly verifier: Verifier;
  /** The newest that the copy is proven by. */
  readonly checkpoint: ParsedCheckpoint;
  readonly old: ParsedCheckpoint | undefined;
  readonly isKeyGiven: boolean;
  readonly organizations: number;
  /** Entries that are proven. */
  readonly entries: number;
  /** Those of them of which there is but the hash. */
  readonly taken: number;
  /** Messages that came again. */
  readonly repeated: number;
  /** What no checkpoint of the copy tells of yet. */
  readonly waiting: { readonly entries: number; readonly heads: number };
}

/**
 * Verifies what a collector was sent: every entry of every organization, from the first one on. Messages may come again and in
 * another order. Reads the copy once, and holds 33 bytes an entry.
 * @throws ExportFault with the first thing that is wrong; UnusableInput when nothing can be said
 */
export async function verifyStream(
  pieces: AsyncIterable<Uint8Array>,
  { checkpoint, key }: StreamEvidence = {},
): Promise<VerifiedStream> {
  const known = key === undefined ? undefined : parseVerifierKey(key);
  if (key !== undefined && !known) throw new UnusableInput('The key given is no verifier key.');
  const old = checkpoint === undefined ? undefined : parseCheckpoint(checkpoint);
  if (checkpoint !== undefined && !old) throw new UnusableInput('The checkpoint given is none.');
  const reading = new StreamReading(known);
  let number = 0;
  for await (const line of linesOf(pieces)) {
    number += 1;
    const read = readStreamLine(line, number, reading.isEmpty);
    if (read) reading.take(read, number);
  }
  return reading.verified(old);
}

class StreamReading {
  isEmpty = true;
  private repeated = 0;
  private verifier: Verifier | undefined;
  private readonly heads = new LeafHashes();
  private readonly organizations = new Map<string, OrganizationCopy>();
  private readonly checkpoints = new Map<number, ParsedCheckpoint>();

  constructor(private readonly known: Verifier | undefined) {}

  take(line: StreamLine, number: number): void {
    this.isEmpty = false;
    if (line.kind === 'checkpoint') {
      this.takeCheckpoint(line.note, line.key, number);
      return;
    }
    const organization = this.organizationOf(line.organizationId);
    if (line.kind === 'head') {
      const found = this.heads.put(line.leaf, line.hash);
      this.count(found, `leaf ${line.leaf} of the instance's log`, number);
      if (found === 'new') organization.noteHead(line);
    } else {
      const found = organization.put(line.leaf, line.hash, line.kind === 'entry' ? line.entry : undefined);
      this.count(found, `leaf ${line.leaf} of ${line.organizationId}`, number);
    }
  }

  private count(found: 'new' | 'again' | 'other', what: string, number: number): void {
    if (found === 'again') this.repeated += 1;
    if (found === 'other')
      throw new ExportFault('inserted', `Line ${number} has ${what} otherwise than a line before it.`);
  }

  private organizationOf(id: string): OrganizationCopy {
    const known = this.organizations.get(id);
    if (known) return known;
    const made = new OrganizationCopy(id);
    this.organizations.set(id, made);
    return made;
  }

  private takeCheckpoint(note: string, key: string | undefined, number: number): void {
    const checkpoint = parseCheckpoint(note);
    const verifier = key === undefined ? undefined : parseVerifierKey(key);
    if (!checkpoint || (key !== undefined && !verifier))
      throw new ExportFault('changed', `The checkpoint in line ${number} was changed.`);
    this.assertSigned(checkpoint, verifier, `in line ${number}`);
    const other = this.checkpoints.get(checkpoint.size);
    if (other && !other.root.equals(checkpoint.root))
      throw new ExportFault(
        'rewritten',
        `Of ${checkpoint.size} leaves two roots were signed, one of them in line ${number}.`,
      );
    if (other) this.repeated += 1;
    else this.checkpoints.set(checkpoint.size, checkpoint);
  }

  /** By the key given or, where none was, by the first that the copy names. */
  private assertSigned(checkpoint: ParsedCheckpoint, named: Verifier | undefined, where: string): void {
    const { origin } = checkpoint;
    if (!origin.endsWith('/instance'))
      throw new UnusableInput(`The checkpoint ${where} is not one of the log of an instance.`);
    const publicKey = (this.known ?? this.verifier ?? named)?.publicKey;
    if (!publicKey)
      throw new UnusableInput(
        `The checkpoint ${where} names no key, as those of older releases. Give the verifier key by --key.`,
      );
    this.verifier ??= { name: origin, publicKey };
    if (origin !== this.verifier.name)
      throw new ExportFault('rewritten', `The checkpoint ${where} is of another log, ${origin}.`);
    if (named && !named.publicKey.equals(publicKey))
      throw new ExportFault('other_signer', `The checkpoint ${where} names another key.`);
    const verdict = verifyCheckpoint(checkpoint, this.verifier);
    if (verdict === 'other_signer')
      throw new ExportFault('other_signer', `Another key signed the checkpoint ${where}.`);
    if (verdict === 'invalid')
      throw new ExportFault('changed', `The checkpoint ${where} was changed, or another key signed it.`);
  }

  verified(old: ParsedCheckpoint | undefined): VerifiedStream {
    if (this.isEmpty) throw new UnusableInput('The file is empty.');
    if (old) this.assertSigned(old, undefined, 'given');
    const newest = [...this.checkpoints.values(), ...(old ? [old] : [])].reduce<ParsedCheckpoint | undefined>(
      (last, each) => (last && last.size >= each.size ? last : each),
      undefined,
    );
    if (!newest || !this.verifier)
      throw new UnusableInput(
        'There is no checkpoint in the copy, so nothing in it is signed. One comes about each minute while there is news.',
      );
    this.assertHeads(newest.size, old);
    const proven = [...this.organizations.values()].map((each) => each.verified(newest.size));
    const sum = (of: (one: (typeof proven)[number]) => number): number =>
      proven.reduce((total, one) => total + of(one), 0);
    return {
      ...{ verifier: this.verifier, checkpoint: newest, old, isKeyGiven: this.known !== undefined },
      organizations: proven.filter(({ entries }) => entries > 0).length,
      ...{ entries: sum(({ entries }) => entries), taken: sum(({ taken }) => taken) },
      repeated: this.repeated,
      waiting: { entries: sum(({ waiting }) => waiting), heads: this.heads.total - newest.size },
    };
  }

  /** That heads are there from the first one on, and are those that checkpoints were signed for. */
  private assertHeads(size: number, old: ParsedCheckpoint | undefined): void {
    const { heads } = this;
    const next = heads.nextAhead;
    if (size > 0 && heads.total === 0)
      throw new UnusableInput(
        'The copy has no heads of logs, which older releases did not send. Have all sent anew (docs/audit.md).',
      );
    if (heads.size === 0 && size > 0 && next !== undefined && next < size)
      throw new UnusableInput(
        `The copy begins with leaf ${next} of the instance's log. Put what came before into it, or have all sent anew (docs/audit.md).`,
      );
    if (heads.size < size && old?.size === size && next === undefined)
      throw new ExportFault(
        'cut',
        `The checkpoint given tells of ${size} heads, of which the copy has ${heads.size}: its end is missing, or was not sent yet.`,
      );
    if (heads.size < size)
      throw new ExportFault('missing', `Leaf ${heads.size} of the instance's log is missing.`);
    const tree = new CompactRange();
    this.compare(tree, old);
    for (let leaf = 0; leaf < size; leaf += 1) {
      tree.append(heads.at(leaf) as Buffer);
      this.compare(tree, old);
    }
  }

  private compare(tree: CompactRange, old: ParsedCheckpoint | undefined): void {
    const signed = this.checkpoints.get(tree.size);
    const given = old?.size === tree.size ? old : undefined;
    if (!signed && !given) return;
    const root = tree.root();
    if (given && !given.root.equals(root))
      throw new ExportFault(
        'rewritten',
        `The first ${tree.size} heads are not those of the checkpoint given: the log was rewritten before that.`,
      );
    if (signed && !signed.root.equals(root))
      throw new ExportFault(
        'rewritten',
        `The first ${tree.size} heads are not those that their checkpoint was signed for.`,
      );
  }
}
