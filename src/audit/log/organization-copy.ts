import type { JsonValue } from './canonical-json.js';
import { CompactRange } from './compact-range.js';
import { ExportFault } from './export-fault.js';
import { LeafHashes } from './leaf-hashes.js';
import { announcedEnd, TakenEntries } from './taken-entries.js';

/** That a log had so many leaves and this root, as a leaf of the instance's log tells. */
interface NotedHead {
  readonly leaf: number;
  readonly size: number;
  readonly root: Buffer;
}

/** What a copy proves of an organization's log. */
export interface ProvenCopy {
  readonly entries: number;
  readonly taken: number;
  /** Entries that no head under a checkpoint tells of. */
  readonly waiting: number;
}

/** What a collector has of one organization's log. */
export class OrganizationCopy {
  private readonly hashes = new LeafHashes();
  private readonly heads: NotedHead[] = [];
  private readonly taken = new TakenEntries();
  /** Leaves of which there is no entry yet, but a hash. */
  private readonly bare = new Set<number>();
  /** Entries that say that others are taken out; they count once they are proven themselves. */
  private readonly announcements = new Map<number, JsonValue>();

  constructor(private readonly id: string) {}

  noteHead({ leaf, size, root }: NotedHead): void {
    this.heads.push({ leaf, size, root: Buffer.from(root) });
  }

  /** @param entry undefined where there is but its hash */
  put(leaf: number, hash: Buffer, entry: JsonValue | undefined): 'new' | 'again' | 'other' {
    const found = this.hashes.put(leaf, hash);
    if (found === 'other') return found;
    if (entry === undefined) {
      if (found === 'new') this.bare.add(leaf);
    } else {
      this.bare.delete(leaf);
      if (announcedEnd(entry) !== undefined) this.announcements.set(leaf, entry);
    }
    return found;
  }

  /** @param size leaves of the instance's log that are signed. @throws ExportFault */
  verified(size: number): ProvenCopy {
    const tree = new CompactRange();
    const heads = this.heads.filter(({ leaf }) => leaf < size).sort((a, b) => a.size - b.size);
    for (const head of heads) {
      this.growTo(head.size, tree);
      if (!tree.root().equals(head.root))
        throw new ExportFault(
          'rewritten',
          `The first ${head.size} entries of ${this.id} are not those that leaf ${head.leaf} of the instance's log tells of.`,
        );
    }
    for (const [leaf, entry] of this.announcements) if (leaf < tree.size) this.taken.listen(entry);
    this.taken.assertAnnounced(` of ${this.id}`);
    return { entries: tree.size, taken: this.taken.count, waiting: this.hashes.total - tree.size };
  }

  private growTo(size: number, tree: CompactRange): void {
    if (size > this.hashes.size) {
      const { size: first, nextAhead } = this.hashes;
      const last = Math.min(size, nextAhead ?? size) - 1;
      const which = last === first ? `Leaf ${first}` : `Leaves ${first} to ${last}`;
      throw new ExportFault('missing', `${which} of ${this.id} ${last === first ? 'is' : 'are'} missing.`);
    }
    for (let leaf = tree.size; leaf < size; leaf += 1) {
      if (this.bare.has(leaf)) this.taken.note(leaf, 1);
      tree.append(this.hashes.at(leaf) as Buffer);
    }
  }
}
